package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.Mounts.Mount;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a bind mount shows, read from the table alone.
class MountedAtTest {
  private static final Mount DEV = mount("0:6", "/", "/dev");
  private static final Mount ROOT = mount("254:0", "/", "/");
  private static final Mount POOL = mount("7:0", "/volumes", "/pool");
  private static final List<Mount> TABLE = List.of(DEV, ROOT, POOL);

  @Test
  void a_path_is_its_filesystem_and_its_place_in_it() {
    assertThat(MountedAt.of("/dev/loop1", TABLE)).isEqualTo(new MountedAt("0:6", "/loop1"));
    assertThat(MountedAt.of("/devices", TABLE)).isEqualTo(new MountedAt("254:0", "/devices"));
    assertThat(MountedAt.of("/pool/a/b", TABLE)).isEqualTo(new MountedAt("7:0", "/volumes/a/b"));
    assertThat(MountedAt.of("/pool", TABLE)).isEqualTo(new MountedAt("7:0", "/volumes"));
  }

  @Test
  void of_two_mounts_at_one_path_the_last_counts() {
    var twice = List.of(ROOT, POOL, mount("7:9", "/", "/pool"));
    assertThat(MountedAt.of("/pool/a", twice)).isEqualTo(new MountedAt("7:9", "/a"));
  }

  @Test
  void a_bind_shows_the_same_place() {
    var place = MountedAt.of("/pool/a", TABLE);
    assertThat(place.isShownBy(mount("7:0", "/volumes/a", "/pod"))).isTrue();
    assertThat(place.isShownBy(mount("7:0", "/volumes/ab", "/pod"))).isFalse();
    assertThat(place.isShownBy(mount("7:1", "/volumes/a", "/pod"))).isFalse();
    assertThat(
            MountedAt.of("/pool", List.of(mount("7:3", "/", "/pool")))
                .isShownBy(mount("7:3", "/", "/pod")))
        .isTrue();
  }

  private static Mount mount(String device, String root, String target) {
    return new Mount(device, root, target, "xfs", "/dev/loop0", false);
  }
}
