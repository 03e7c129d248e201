package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every body of [Filesystems] keeps.
public abstract class FilesystemsContract extends HostContract {

  @Test
  void a_device_holds_nothing_then_what_it_was_formatted_with() {
    play(() -> {
      String device = newDevice("a.img", XFS_SIZE);
      assertThat(host().filesystems().probe(device)).isEmpty();
      host().filesystems().format(device, "ext4", List.of());
      assertThat(host().filesystems().probe(device)).contains("ext4");
      assertThat(host().filesystems().probe(path("a.img"))).contains("ext4");
      host().filesystems().format(device, "xfs", List.of());
      assertThat(host().filesystems().probe(device)).contains("xfs");
      host().filesystems().check(device, "xfs");
    });
  }

  @Test
  void anything_else_must_not_be_overwritten() {
    play(() -> {
      host().files().write(path("a.img"), "somebody's data ".repeat(512));
      assertThat(host().filesystems().probe(path("a.img"))).contains("unknown");
      refuses(Errno.ENOENT, () -> host().filesystems().probe(path("none.img")));
    });
  }

  @Test
  void a_type_or_a_size_that_cannot_be_is_refused() {
    play(() -> {
      String device = newDevice("a.img", Bytes.mebi(256));
      refuses(Errno.EINVAL, () -> host().filesystems().format(device, "xfs", List.of()));
      refuses(Errno.EINVAL, () -> host().filesystems().format(device, "floppyfs", List.of()));
      assertThat(host().filesystems().probe(device)).isEmpty();
    });
  }

  @Test
  void a_clean_filesystem_passes_its_check() {
    play(() -> {
      String device = newExt4("a.img");
      host().mounts().unmount(mounted(device, "a"));
      host().filesystems().check(device, "ext4");
    });
  }

  @Test
  void xfs_grows_while_it_is_mounted() {
    play(() -> {
      String device = newDevice("a.img", XFS_SIZE);
      host().filesystems().format(device, "xfs", List.of());
      host().mounts().mount(device, newFolder("a"), "xfs", List.of());
      host().files().write(path("a/file"), "kept");
      var before = host().filesystems().usage(path("a")).total();
      host().files().allocate(path("a.img"), XFS_SIZE.plus(Bytes.mebi(100)));
      host().loops().refresh(device);
      assertThat(host().filesystems().usage(path("a")).total()).isEqualTo(before);
      host().filesystems().grow(device, "xfs", path("a"));
      var after = host().filesystems().usage(path("a")).total();
      assertThat(after.minusAtMost(before)).isGreaterThanOrEqualTo(Bytes.mebi(99));
      host().filesystems().grow(device, "xfs", path("a"));
      assertThat(host().filesystems().usage(path("a")).total()).isEqualTo(after);
      assertThat(host().files().read(path("a/file"))).contains("kept");
    });
  }

  @Test
  void ext4_grows_while_it_is_not_mounted() {
    play(() -> {
      String device = newExt4("a.img");
      String target = mounted(device, "a");
      host().files().write(path("a/file"), "kept");
      var before = host().filesystems().usage(target).total();
      host().mounts().unmount(target);
      host().files().allocate(path("a.img"), EXT4_SIZE.plus(EXT4_SIZE));
      host().loops().refresh(device);
      host().filesystems().grow(device, "ext4", "");
      host().mounts().mount(device, target, "ext4", List.of());
      assertThat(host().filesystems().usage(target).total().minusAtMost(before))
          .isGreaterThan(Bytes.mebi(48));
      assertThat(host().files().read(path("a/file"))).contains("kept");
    });
  }

  @Test
  void ext4_grows_while_it_is_mounted_or_says_that_the_kernel_refuses() {
    play(() -> {
      String device = newExt4("a.img");
      String target = mounted(device, "a");
      var before = host().filesystems().usage(target).total();
      host().files().allocate(path("a.img"), EXT4_SIZE.plus(EXT4_SIZE));
      host().loops().refresh(device);
      try {
        host().filesystems().grow(device, "ext4", target);
        assertThat(host().filesystems().usage(target).total()).isGreaterThan(before);
      } catch (HostException refused) {
        assertThat(refused.errno()).isEqualTo(Errno.EPERM);
        assertThat(host().filesystems().usage(target).total()).isEqualTo(before);
      }
    });
  }

  @Test
  void btrfs_is_made_found_and_grows_while_it_is_mounted() {
    play(() -> {
      refuses(
          Errno.EINVAL,
          () ->
              host()
                  .filesystems()
                  .format(newDevice("small.img", Bytes.mebi(64)), "btrfs", List.of()));
      String device = newDevice("a.img", BTRFS_SIZE);
      host().filesystems().format(device, "btrfs", List.of("-L", "a-label"));
      assertThat(host().filesystems().probe(device)).contains("btrfs");
      host().filesystems().check(device, "btrfs");
      host().mounts().mount(device, newFolder("a"), "btrfs", List.of());
      host().files().write(path("a/file"), "kept");
      var before = host().filesystems().usage(path("a")).total();
      host().files().allocate(path("a.img"), BTRFS_SIZE.plus(BTRFS_SIZE));
      host().loops().refresh(device);
      refuses(Errno.EINVAL, () -> host().filesystems().grow(device, "btrfs", ""));
      host().filesystems().grow(device, "btrfs", path("a"));
      host().filesystems().grow(device, "btrfs", path("a"));
      var after = host().filesystems().usage(path("a")).total();
      assertThat(after.minusAtMost(before)).isGreaterThan(Bytes.mebi(100));
      assertThat(host().files().read(path("a/file"))).contains("kept");
    });
  }

  @Test
  void a_frozen_filesystem_is_thawed_as_often_as_one_likes() {
    play(() -> {
      String folder = newXfs("a");
      host().filesystems().thaw(folder);
      host().filesystems().freeze(folder);
      refuses(Errno.EBUSY, () -> host().filesystems().freeze(folder));
      host().filesystems().thaw(folder);
      host().filesystems().thaw(folder);
      host().files().write(folder + "/file", "text");
      refuses(Errno.ENOENT, () -> host().filesystems().freeze(path("none")));
    });
  }

  @Test
  void a_filesystem_that_was_unmounted_frozen_is_thawed_at_its_next_mount() {
    play(() -> {
      String folder = newXfs("a");
      String device = host().loops().first(path("a.img")).orElseThrow().device();
      host().filesystems().freeze(folder);
      host().mounts().unmount(folder);
      refuses(Errno.EBUSY, () -> host().loops().detach(device));
      host().mounts().mount(device, folder, "xfs", List.of());
      host().filesystems().thaw(folder);
      host().files().write(folder + "/file", "text");
      host().mounts().unmount(folder);
      host().loops().detach(device);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4", "btrfs"})
  void a_clone_of_a_mounted_filesystem_is_mounted_beside_it_after_it_got_an_id(String type) {
    play(() -> {
      host().files().makeFolder(path("twin"), 0755);
      host().files().makeFolder(path("volume"), 0755);
      String pool = bigXfs();
      String volume = pool + "/volume.img";
      host().files().allocate(volume, XFS_SIZE);
      String device = host().loops().attach(volume, Options.FENCED).device();
      host().filesystems().format(device, type, List.of());
      host().mounts().mount(device, path("volume"), type, List.of());
      host().files().write(path("volume/file"), "first");
      host().filesystems().freeze(path("volume"));
      host().files().clone(volume, pool + "/twin.img");
      host().filesystems().thaw(path("volume"));
      host().files().write(path("volume/file"), "second");
      String twin = host().loops().attach(pool + "/twin.img", Options.FENCED).device();
      if (type.equals("xfs")) {
        refuses(Errno.EINVAL, () -> host().mounts().mount(twin, path("twin"), type, List.of()));
        refuses(Errno.TOOL_FAILED, () -> host().filesystems().renewId(twin, type));
        host().mounts().mount(twin, path("twin"), type, List.of("nouuid"));
        host().mounts().unmount(path("twin"));
      }
      host().filesystems().renewId(twin, type);
      host().mounts().mount(twin, path("twin"), type, List.of());
      assertThat(host().files().read(path("twin/file"))).contains("first");
      assertThat(host().files().read(path("volume/file"))).contains("second");
      for (String target : List.of("twin", "volume")) host().mounts().unmount(path(target));
      for (String one : List.of(twin, device)) host().loops().detach(one);
      for (String image : List.of("/twin.img", "/volume.img"))
        host().files().removeFile(pool + image);
    });
  }

  private String bigXfs() {
    String device = newDevice("pool.img", Bytes.gibi(1));
    host().filesystems().format(device, "xfs", List.of());
    host().mounts().mount(device, newFolder("pool"), "xfs", List.of());
    return path("pool");
  }

  @Test
  void usage_follows_what_is_written() {
    play(() -> {
      String target = mounted(newExt4("a.img"), "a");
      var before = host().filesystems().usage(target);
      assertThat(before.total()).isLessThanOrEqualTo(EXT4_SIZE);
      assertThat(before.total()).isGreaterThan(Bytes.mebi(32));
      assertThat(before.available()).isLessThanOrEqualTo(before.total());
      assertThat(before.inodes()).isEqualTo(before.inodesUsed() + before.inodesFree());
      host().files().allocate(target + "/file", Bytes.mebi(8));
      var after = host().filesystems().usage(target);
      assertThat(before.available().minusAtMost(after.available()))
          .isGreaterThanOrEqualTo(Bytes.mebi(8));
      assertThat(after.used().minusAtMost(before.used())).isGreaterThanOrEqualTo(Bytes.mebi(8));
      assertThat(after.inodesUsed()).isEqualTo(before.inodesUsed() + 1);
      host().filesystems().sync(target);
      refuses(Errno.ENOENT, () -> host().filesystems().usage(path("none")));
    });
  }

  @Test
  void a_full_filesystem_says_so_and_leaves_no_half_made_file() {
    play(() -> {
      String target = mounted(newExt4("a.img"), "a");
      refuses(Errno.ENOSPC, () -> host().files().allocate(target + "/file", Bytes.mebi(100)));
      assertThat(host().files().look(target + "/file")).isEmpty();
      host().files().allocate(target + "/file", Bytes.mebi(4));
      refuses(Errno.ENOSPC, () -> host().files().allocate(target + "/file", Bytes.mebi(100)));
      assertThat(host().files().look(target + "/file")).isPresent();
    });
  }

  @Test
  void what_was_written_is_there_at_the_next_attach() {
    play(() -> {
      String device = newExt4("a.img");
      String target = mounted(device, "a");
      host().files().write(target + "/file", "kept");
      host().mounts().unmount(target);
      host().loops().detach(device);
      String again = host().loops().attach(path("a.img"), Options.FENCED).device();
      assertThat(host().filesystems().probe(again)).contains("ext4");
      host().mounts().mount(again, target, "ext4", List.of());
      assertThat(host().files().read(target + "/file")).contains("kept");
    });
  }
}
