package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.HostContract;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What only a real kernel does to the unwary.
class KernelTrapsIT extends HostContract {
  private final RealHost real = new RealHost();

  @Override
  protected Host host() {
    return real.host();
  }

  @Override
  protected Tasks tasks() {
    return real.tasks();
  }

  @Override
  protected String folder() {
    return real.folder();
  }

  @Override
  @AfterEach
  protected void leaveNothing() {
    super.leaveNothing();
    real.close();
  }

  @Test
  void a_device_has_large_sectors_and_says_whether_it_goes_past_the_cache() throws IOException {
    String device = newDevice("a.img", Bytes.mebi(8));
    var folder = Path.of("/sys/block", device.substring("/dev/".length()));
    assertThat(folder.resolve("queue/logical_block_size")).hasContent("4096");
    boolean direct = Files.readString(folder.resolve("loop/dio")).strip().equals("1");
    assertThat(loopsHere().getFirst().directIo()).isEqualTo(direct);
  }

  @Test
  void a_refused_detach_does_not_happen_later() {
    String device = newDevice("a.img", Bytes.mebi(8));
    try (var open = new RandomAccessFile(device, "r")) {
      refuses(Errno.EBUSY, () -> host().loops().detach(device));
      assertThat(open.read()).isZero();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    assertThat(loopsHere()).hasSize(1);
    host().loops().detach(device);
  }

  @Test
  void one_who_only_looks_delays_a_detach_but_does_not_refuse_it() {
    String device = newDevice("a.img", Bytes.mebi(8));
    try (var group = tasks().group("looks")) {
      var open = open(device);
      group.start(
          "looks",
          () -> {
            group.sleep(SHORT);
            open.close();
            return true;
          });
      host().loops().detach(device);
    }
    assertThat(loopsHere()).isEmpty();
  }

  private static RandomAccessFile open(String device) {
    try {
      return new RandomAccessFile(device, "r");
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void many_at_once_get_devices_of_their_own() {
    try (var group = tasks().group("many")) {
      var devices =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(i -> group.start("one", () -> newDevice("a" + i + ".img", Bytes.mebi(1))))
              .toList()
              .stream()
              .map(task -> task.await())
              .toList();
      assertThat(devices).doesNotHaveDuplicates().hasSize(20);
    }
  }

  @Test
  void a_renamed_image_is_still_known_by_itself() {
    String device = newDevice("a.img", Bytes.mebi(8));
    host().files().move(path("a.img"), path("b.img"));
    host().files().allocate(path("a.img"), Bytes.mebi(1));
    assertThat(host().loops().over(path("a.img"))).isEmpty();
    assertThat(host().loops().first(path("b.img")).orElseThrow().device()).isEqualTo(device);
  }

  @Test
  void an_xfs_whose_making_was_interrupted_is_nothing() throws IOException {
    host().files().allocate(path("a.img"), XFS_SIZE);
    host().filesystems().format(path("a.img"), "xfs", List.of());
    assertThat(host().filesystems().probe(path("a.img"))).contains("xfs");
    try (var image = new RandomAccessFile(path("a.img"), "rw")) {
      image.seek(126);
      image.write(1);
    }
    assertThat(host().filesystems().probe(path("a.img"))).isEmpty();
    host().filesystems().format(path("a.img"), "xfs", List.of("-L", "again"));
    var device = host().loops().attach(path("a.img"), Options.FENCED).device();
    host().mounts().mount(device, newFolder("a"), "xfs", List.of("noatime,nouuid", "nodev"));
  }

  @Test
  void an_older_kernel_binds_read_only_without_a_writable_moment() {
    String staged = mounted(newExt4("a.img"), "staged");
    String target = newFolder("pod");
    host().files().write(staged + "/file", "text");
    host().files().write(path("file"), "");
    var old = new OldBind(new Syscalls());
    old.bind(staged, target, true);
    old.bind(staged + "/file", path("file"), true);
    refuses(Errno.EROFS, () -> host().files().write(target + "/file", "other"));
    assertThat(host().files().read(path("file"))).contains("text");
    assertThat(host().mounts().at(path("file")).orElseThrow().readOnly()).isTrue();
    assertThat(host().mounts().at(staged).orElseThrow().readOnly()).isFalse();
    assertThat(host().mounts().table()).noneMatch(m -> m.target().contains("moorage-bind-"));
  }

  @Test
  void nothing_is_mounted_through_a_link() throws IOException {
    String folder = newFolder("real");
    Files.createSymbolicLink(Path.of(path("link")), Path.of(folder));
    String device = newExt4("a.img");
    refuses(Errno.ELOOP, () -> host().mounts().mount(device, path("link"), "ext4", List.of()));
    refuses(Errno.ELOOP, () -> host().mounts().share(path("link")));
    refuses(Errno.ELOOP, () -> host().mounts().bind(folder, path("link"), false));
    refuses(Errno.ELOOP, () -> host().files().read(path("link")));
    refuses(Errno.EEXIST, () -> host().files().makeFolder(path("link"), 0755));
    host().files().removeFile(path("link"));
    assertThat(host().files().names(folder)).isEmpty();
  }

  @Test
  void a_tool_that_fails_says_why_and_a_slow_one_is_killed() {
    var kernel = new Kernel(real.group(), Settings.DEFAULTS);
    var said = new Tools(kernel).run(List.of("/bin/sh", "-c", "echo one; echo two >&2; exit 7"));
    assertThat(said.exitCode()).isEqualTo(7);
    assertThat(said.lastLine()).isEqualTo("two");
    var chatty = new Tools(kernel).run(List.of("/usr/bin/seq", "200000"));
    assertThat(chatty.lastLine()).isEqualTo("200000");
    assertThat(chatty.text().length()).isLessThanOrEqualTo(16 * 1024);
    var hasty = new Tools(new Kernel(real.group(), withToolsAtMost(Duration.ofMillis(300))));
    refuses(Errno.ETIMEDOUT, () -> hasty.run(List.of("/usr/bin/sleep", "61.5")));
    assertThat(ProcessTable.all()).noneMatch(pid -> ProcessTable.command(pid).contains("61.5"));
  }

  private static Settings withToolsAtMost(Duration atMost) {
    var all = Settings.DEFAULTS;
    return new Settings(
        all.mounts(),
        all.loops(),
        all.files(),
        all.ledgers(),
        Settings.Fate.of("hasty tools", 1, atMost),
        all.sandboxes(),
        all.starting(),
        all.lettingGo());
  }

  @Test
  void a_file_grows_by_what_is_free_although_xfs_reserves_all_that_it_is_asked_for() {
    String device = newDevice("a.img", XFS_SIZE);
    host().filesystems().format(device, "xfs", List.of());
    host().mounts().mount(device, newFolder("a"), "xfs", List.of());
    host().files().allocate(path("a/file"), Bytes.mebi(150));
    host().files().allocate(path("a/file"), Bytes.mebi(170));
    var grown = host().files().look(path("a/file")).orElseThrow();
    assertThat(grown.size()).isEqualTo(Bytes.mebi(170));
    assertThat(grown.allocated().isBelow(Bytes.mebi(170))).isFalse();
    host().files().removeFile(path("a/file"));
  }

  @Test
  void a_growing_ext4_that_fills_its_device_is_left_alone() {
    String device = newExt4("a.img");
    String target = mounted(device, "a");
    host().filesystems().grow(device, "ext4", target);
    host().mounts().unmount(target);
    host().filesystems().grow(device, "ext4", "");
  }

  @Test
  void what_a_refusal_says_names_the_things_and_the_reason() {
    String device = newExt4("a.img");
    String folder = newFolder("a");
    try {
      host().mounts().mount(device, folder, "xfs", List.of("nouuid"));
    } catch (HostException refused) {
      assertThat(refused)
          .hasMessage(
              "mounting %s (xfs) on %s with nouuid: invalid argument (EINVAL)", device, folder);
    }
  }
}
