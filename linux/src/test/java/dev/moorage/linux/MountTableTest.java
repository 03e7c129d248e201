package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.Mounts.Mount;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  @Test
  void a_line_becomes_a_mount() {
    check(
        "36 35 7:3 / /var/stage rw,noatime shared:7 - xfs /dev/loop3 rw,attr2",
        new Mount("7:3", "/", "/var/stage", "xfs", "/dev/loop3", false));
  }

  @Test
  void read_only_may_be_the_mount_or_its_filesystem() {
    check(
        "36 35 7:3 /sub /pod ro,relatime - ext4 /dev/loop3 rw",
        new Mount("7:3", "/sub", "/pod", "ext4", "/dev/loop3", true));
    check(
        "36 35 7:3 / /pod rw,relatime - ext4 /dev/loop3 ro",
        new Mount("7:3", "/", "/pod", "ext4", "/dev/loop3", true));
  }

  @Test
  void any_number_of_optional_fields_is_read_over() {
    check(
        "1 0 0:5 / /a rw shared:1 master:2 propagate_from:3 - tmpfs none rw",
        new Mount("0:5", "/", "/a", "tmpfs", "none", false));
    check("1 0 0:5 / /a rw - tmpfs none rw", new Mount("0:5", "/", "/a", "tmpfs", "none", false));
  }

  @Test
  void escaped_characters_are_read() {
    assertThat(MountTable.unescaped("/a\\040b\\011c\\012d\\134e\\043f"))
        .isEqualTo("/a b\tc\nd\\e#f");
    assertThat(MountTable.unescaped("/a\\04")).isEqualTo("/a\\04");
    assertThat(MountTable.unescaped("/ü\\303\\274")).isEqualTo("/üü");
    assertThat(MountTable.unescaped("\\")).isEqualTo("\\");
  }

  @Test
  void a_source_may_be_empty() {
    check("1 0 0:5 / /a rw - tmpfs  rw", new Mount("0:5", "/", "/a", "tmpfs", "", false));
  }

  @Test
  void the_last_line_of_a_path_is_the_topmost_mount() {
    var table =
        MountTable.of(
            """
            1 0 0:5 / /a rw - tmpfs below rw
            2 1 0:6 / /a rw shared:9 - tmpfs above rw
            3 1 0:7 / /b rw - tmpfs other rw
            """);
    assertThat(table.mounts()).hasSize(3);
    assertThat(table.at("/a").orElseThrow().mount().source()).isEqualTo("above");
    assertThat(table.at("/a").orElseThrow().shared()).isTrue();
    assertThat(table.at("/b").orElseThrow().shared()).isFalse();
    assertThat(table.at("/c")).isEmpty();
  }

  private static void check(String line, Mount expected) {
    assertThat(MountTable.of(line + "\n").mounts()).isEqualTo(List.of(expected));
  }
}
