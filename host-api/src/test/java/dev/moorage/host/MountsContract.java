package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every body of [Mounts] keeps.
public abstract class MountsContract extends HostContract {

  @Test
  void a_mounted_device_is_in_the_table() {
    play(() -> {
      String device = newExt4("a.img");
      String target = mounted(device, "a");
      var mount = host().mounts().at(target).orElseThrow();
      assertThat(mount.root()).isEqualTo("/");
      assertThat(mount.fsType()).isEqualTo("ext4");
      assertThat(mount.source()).isEqualTo(device);
      assertThat(mount.readOnly()).isFalse();
      assertThat(mount.device()).matches("\\d+:\\d+");
      assertThat(host().mounts().table()).contains(mount);
      assertThat(host().mounts().everywhere()).contains(mount);
    });
  }

  @Test
  void the_same_device_on_the_same_folder_again_is_busy() {
    play(() -> {
      String device = newExt4("a.img");
      String target = mounted(device, "a");
      refuses(Errno.EBUSY, () -> host().mounts().mount(device, target, "ext4", List.of()));
    });
  }

  @Test
  void a_mount_needs_a_folder_and_the_right_filesystem() {
    play(() -> {
      String device = newExt4("a.img");
      String folder = newFolder("a");
      refuses(Errno.ENOENT, () -> host().mounts().mount(device, path("none"), "ext4", List.of()));
      refuses(Errno.EINVAL, () -> host().mounts().mount(device, folder, "xfs", List.of()));
      String blank = newDevice("blank.img", EXT4_SIZE);
      refuses(Errno.EINVAL, () -> host().mounts().mount(blank, folder, "ext4", List.of()));
      assertThat(host().mounts().at(folder)).isEmpty();
    });
  }

  @Test
  void a_read_only_mount_refuses_writing() {
    play(() -> {
      String device = newExt4("a.img");
      host().mounts().mount(device, newFolder("a"), "ext4", List.of("ro"));
      assertThat(host().mounts().at(path("a")).orElseThrow().readOnly()).isTrue();
      refuses(Errno.EROFS, () -> host().files().write(path("a/file"), "text"));
      refuses(Errno.EROFS, () -> host().files().makeFolder(path("a/folder"), 0755));
    });
  }

  @Test
  void a_mount_hides_what_the_folder_held_and_its_end_shows_it_again() {
    play(() -> {
      String folder = newFolder("a");
      host().files().write(path("a/below"), "old");
      host().mounts().mount(newExt4("a.img"), folder, "ext4", List.of());
      assertThat(host().files().look(path("a/below"))).isEmpty();
      host().files().write(path("a/above"), "new");
      host().mounts().unmount(folder);
      assertThat(host().files().read(path("a/below"))).contains("old");
      assertThat(host().files().look(path("a/above"))).isEmpty();
    });
  }

  @Test
  void a_bind_shows_the_same_files_and_says_which_part() {
    play(() -> {
      String staged = mounted(newExt4("a.img"), "staged");
      host().files().makeFolder(staged + "/sub", 0755);
      host().mounts().bind(staged + "/sub", newFolder("pod"), false);
      host().files().write(path("pod/file"), "text");
      assertThat(host().files().read(staged + "/sub/file")).contains("text");
      var bound = host().mounts().at(path("pod")).orElseThrow();
      assertThat(bound.root()).isEqualTo("/sub");
      assertThat(bound.device()).isEqualTo(host().mounts().at(staged).orElseThrow().device());
      assertThat(bound.readOnly()).isFalse();
    });
  }

  @Test
  void a_read_only_bind_refuses_writing_where_its_source_allows_it() {
    play(() -> {
      String staged = mounted(newExt4("a.img"), "staged");
      host().mounts().bind(staged, newFolder("pod"), true);
      refuses(Errno.EROFS, () -> host().files().write(path("pod/file"), "text"));
      host().files().write(staged + "/file", "text");
      assertThat(host().files().read(path("pod/file"))).contains("text");
      assertThat(host().mounts().at(path("pod")).orElseThrow().readOnly()).isTrue();
      assertThat(host().mounts().at(staged).orElseThrow().readOnly()).isFalse();
    });
  }

  @Test
  void a_file_is_shown_at_another_file() {
    play(() -> {
      host().files().write(path("source"), "source");
      host().files().write(path("target"), "target");
      host().mounts().bind(path("source"), path("target"), false);
      assertThat(host().files().read(path("target"))).contains("source");
      host().mounts().unmount(path("target"));
      assertThat(host().files().read(path("target"))).contains("target");
    });
  }

  @Test
  void a_bind_needs_both_ends() {
    play(() -> {
      String folder = newFolder("a");
      refuses(Errno.ENOENT, () -> host().mounts().bind(path("none"), folder, false));
      refuses(Errno.ENOENT, () -> host().mounts().bind(folder, path("none"), false));
    });
  }

  @Test
  void unmounting_needs_a_mount() {
    play(() -> {
      String folder = newFolder("a");
      refuses(Errno.EINVAL, () -> host().mounts().unmount(folder));
      refuses(Errno.ENOENT, () -> host().mounts().unmount(path("none")));
      String target = mounted(newExt4("b.img"), "b");
      host().mounts().unmount(target);
      assertThat(host().mounts().at(target)).isEmpty();
      refuses(Errno.EINVAL, () -> host().mounts().unmount(target));
    });
  }

  @Test
  void the_topmost_mount_is_seen_and_goes_first() {
    play(() -> {
      String one = newFolder("one");
      String two = newFolder("two");
      host().files().write(path("one/name"), "one");
      host().files().write(path("two/name"), "two");
      String target = newFolder("target");
      host().mounts().bind(one, target, false);
      host().mounts().bind(two, target, false);
      assertThat(host().files().read(path("target/name"))).contains("two");
      host().mounts().unmount(target);
      assertThat(host().files().read(path("target/name"))).contains("one");
      host().mounts().unmount(target);
      assertThat(host().files().names(target)).isEmpty();
    });
  }

  @Test
  void a_bind_keeps_the_filesystem_when_the_first_mount_goes() {
    play(() -> {
      String device = newExt4("a.img");
      String staged = mounted(device, "staged");
      host().mounts().bind(staged, newFolder("pod"), false);
      host().files().write(path("pod/file"), "text");
      host().mounts().unmount(staged);
      assertThat(host().files().read(path("pod/file"))).contains("text");
      refuses(Errno.EBUSY, () -> host().loops().detach(device));
      host().mounts().unmount(path("pod"));
      host().loops().detach(device);
    });
  }

  @Test
  void a_mount_with_another_one_inside_is_busy() {
    play(() -> {
      String outer = mounted(newExt4("a.img"), "outer");
      host().files().makeFolder(outer + "/inner", 0755);
      host().mounts().bind(newFolder("other"), outer + "/inner", false);
      refuses(Errno.EBUSY, () -> host().mounts().unmount(outer));
      host().mounts().unmount(outer + "/inner");
      host().mounts().unmount(outer);
    });
  }

  @Test
  void a_mount_with_an_open_file_is_busy() {
    play(() -> {
      String target = mounted(newExt4("a.img"), "a");
      var lock = host().files().lock(target + "/lock").orElseThrow();
      refuses(Errno.EBUSY, () -> host().mounts().unmount(target));
      lock.close();
      host().mounts().unmount(target);
    });
  }

  @Test
  void a_mount_that_holds_an_attached_image_is_busy() {
    play(() -> {
      String pool = mounted(newExt4("pool.img"), "pool");
      host().files().allocate(pool + "/volume.img", Bytes.mebi(8));
      String volume = host().loops().attach(pool + "/volume.img", Options.FENCED).device();
      refuses(Errno.EBUSY, () -> host().mounts().unmount(pool));
      host().loops().detach(volume);
      host().mounts().unmount(pool);
    });
  }

  @Test
  void a_shared_folder_is_a_mount_of_its_own_once() {
    play(() -> {
      String folder = newFolder("shared");
      host().mounts().share(folder);
      host().mounts().share(folder);
      assertThat(host().mounts().table())
          .filteredOn(mount -> mount.target().equals(folder))
          .hasSize(1);
      host().files().write(path("shared/file"), "text");
      host().mounts().unmount(folder);
      assertThat(host().files().read(path("shared/file"))).contains("text");
    });
  }

  @Test
  void the_folder_under_a_mount_cannot_be_removed() {
    play(() -> {
      String target = mounted(newExt4("a.img"), "a");
      refuses(Errno.EBUSY, () -> host().files().removeFolder(target));
    });
  }
}
