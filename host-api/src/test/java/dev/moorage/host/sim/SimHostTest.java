package dev.moorage.host.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Bytes;
import dev.moorage.base.GivenUp;
import dev.moorage.base.Lane;
import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger.Entry;
import dev.moorage.host.LoopDevices.Options;
import dev.moorage.host.Sandboxes.Bind;
import dev.moorage.host.Sandboxes.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimHostTest {
  private static final Bytes SIZE = Bytes.mebi(64);
  private static final String IMAGE = "/var/lib/a.img";
  private static final String TARGET = "/var/lib/a";

  private final SimTasks tasks = SimTasks.plain();
  private final SimHost host = new SimHost(tasks, "node-a", SimHost.Settings.usual());

  @Test
  void every_change_is_a_numbered_effect_and_looks_are_none() {
    tasks.run(() -> {
      stage();
      host.mounts().table();
      host.filesystems().usage(TARGET);
    });
    assertThat(tasks.trace())
        .extracting(Effect::what)
        .containsExactly("allocate", "loop attach", "format", "make folder", "mount");
  }

  @Test
  void what_is_done_and_undone_leaves_the_same_inventory() {
    tasks.run(() -> {
      var before = host.inventory();
      String device = stage();
      assertThat(host.inventory())
          .contains(
              "mount /var/lib/a ext4 /dev/loop0 / rw",
              "loop /dev/loop0 /var/lib/a.img",
              "file /var/lib/a.img 64Mi ext4 64Mi");
      host.mounts().unmount(TARGET);
      host.loops().detach(device);
      host.files().removeFolder(TARGET);
      host.files().removeFile(IMAGE);
      assertThat(host.inventory()).isEqualTo(before);
    });
  }

  @Test
  void a_dead_drivers_clean_up_leaves_its_mounts_and_its_fence() {
    var driver = tasks.group("driver");
    tasks.onEffect(new Crash(5, Moment.AFTER, () -> tasks.kill(driver)));
    tasks.run(() -> {
      driver.start(
          "stage",
          () -> {
            String device = "";
            try {
              device = stage();
            } finally {
              host.mounts().unmount(TARGET);
              host.loops().detach(device);
            }
            return true;
          });
      tasks.home().sleep(Duration.ofSeconds(1));
      assertThat(host.mounts().at(TARGET)).isPresent();
      assertThatThrownBy(() -> host.loops().attach(IMAGE, Options.FENCED))
          .isInstanceOfSatisfying(
              HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EAGAIN));
    });
  }

  @Test
  void a_dead_programs_locks_and_ledgers_are_free_again() {
    var driver = tasks.group("driver");
    tasks.run(() -> {
      driver
          .start(
              "opens",
              () -> {
                var _ = host.files().lock("/run/lock").orElseThrow();
                host.ledgers().open("/var/lib/ledger").put("a", Entry.of(Map.of("b", "c")));
                return true;
              })
          .await();
      assertThat(host.files().lock("/run/lock")).isEmpty();
      tasks.kill(driver);
      assertThat(host.files().lock("/run/lock")).isPresent();
      try (var ledger = host.ledgers().open("/var/lib/ledger")) {
        assertThat(ledger.find("a")).isPresent();
      }
    });
  }

  @Test
  void a_power_cut_takes_what_was_not_synced() {
    tasks.run(() -> {
      String boot = host.bootId();
      host.files().makeFolder("/var/lib/old", 0755);
      stage();
      host.files().write(TARGET + "/synced", "text");
      host.files().makeFolder(TARGET + "/unsynced", 0755);
      host.files().removeFolder("/var/lib/old");
      host.files().allocate("/var/lib/b.img", SIZE);
      var pod =
          host.sandboxes()
              .start(
                  new Spec(
                      "pod",
                      List.of("sleep", "600"),
                      Map.of(),
                      "",
                      List.of(new Bind(TARGET, "/data", false)),
                      "/var/lib/pod.log"));
      host.powerCut();

      assertThat(host.bootId()).isNotEqualTo(boot);
      assertThat(host.mounts().table()).hasSize(1);
      assertThat(host.loops().all()).isEmpty();
      assertThat(host.sandboxes().ended(pod, Duration.ZERO)).isTrue();
      assertThat(host.sandboxes().exitCode(pod)).isEmpty();
      assertThat(host.files().look("/var/lib/old")).isPresent();
      assertThat(host.files().look("/var/lib/b.img")).isEmpty();

      String device = host.loops().attach(IMAGE, Options.FENCED).device();
      host.mounts().mount(device, TARGET, "ext4", List.of());
      assertThat(host.files().names(TARGET)).containsExactly("synced");
    });
  }

  @Test
  void a_sync_keeps_what_was_changed_before_it() {
    tasks.run(() -> {
      host.files().allocate(IMAGE, SIZE);
      host.files().makeFolder(TARGET, 0755);
      host.filesystems().sync("/var");
      host.files().allocate(IMAGE, SIZE.plus(SIZE));
      host.powerCut();
      assertThat(host.files().look(IMAGE).orElseThrow().size()).isEqualTo(SIZE);
      assertThat(host.files().look(TARGET)).isPresent();
    });
  }

  @Test
  void faults_strike_before_the_call_does_anything() {
    tasks.run(() -> {
      host.faults().fail("mount", "/var", 1, Errno.EIO);
      assertThatThrownBy(this::stage)
          .isInstanceOfSatisfying(
              HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EIO));
      assertThat(host.mounts().at(TARGET)).isEmpty();
      assertThat(host.faults().left()).isZero();
      host.mounts().mount("/dev/loop0", TARGET, "ext4", List.of());
      host.faults().failNext("table", Errno.EACCES);
      assertThatThrownBy(() -> host.mounts().table()).isInstanceOf(HostException.class);
      assertThat(host.mounts().at(TARGET)).isPresent();
    });
  }

  @Test
  void a_hanging_call_is_given_up_in_its_lane_and_leaves_no_effect() {
    tasks.run(() -> {
      stage();
      host.faults().hangNext("unmount");
      try (var group = tasks.group("agent")) {
        assertThatThrownBy(() ->
                group.inLane(
                    new Lane("pool", 1),
                    Duration.ofMinutes(1),
                    () -> {
                      host.mounts().unmount(TARGET);
                      return true;
                    }))
            .isInstanceOf(GivenUp.class);
      }
      assertThat(host.mounts().at(TARGET)).isPresent();
    });
  }

  @Test
  void a_full_disk_says_so_and_a_removed_image_keeps_its_room_while_attached() {
    var small = new SimHost(tasks, "small", SimHost.Settings.usual().withDisk(Bytes.mebi(160)));
    small.files().allocate(IMAGE, Bytes.mebi(100));
    String device = small.loops().attach(IMAGE, Options.FENCED).device();
    small.files().removeFile(IMAGE);
    assertThatThrownBy(() -> small.files().allocate(IMAGE, Bytes.mebi(100)))
        .isInstanceOfSatisfying(
            HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOSPC));
    small.loops().detach(device);
    small.files().allocate(IMAGE, Bytes.mebi(100));
  }

  @Test
  void xfs_made_on_a_file_needs_large_sectors_to_be_mounted() {
    tasks.run(() -> {
      host.files().allocate(IMAGE, Bytes.mebi(300));
      host.filesystems().format(IMAGE, "xfs", List.of());
      String device = host.loops().attach(IMAGE, Options.FENCED).device();
      host.files().makeFolder(TARGET, 0755);
      assertThatThrownBy(() -> host.mounts().mount(device, TARGET, "xfs", List.of()))
          .isInstanceOfSatisfying(
              HostException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOSYS));
      host.loops().detach(device);
      host.filesystems().format(IMAGE, "xfs", List.of("-s", "size=4096"));
      host.loops().attach(IMAGE, Options.FENCED);
      host.mounts().mount(device, TARGET, "xfs", List.of());
    });
  }

  @Test
  void a_pod_outlives_the_program_that_started_it_and_keeps_its_exit_code_from_the_next_one() {
    var agent = tasks.group("agent");
    tasks.run(() -> {
      var pod =
          agent
              .start(
                  "starts",
                  () ->
                      host.sandboxes()
                          .start(
                              new Spec(
                                  "pod", List.of("sleep"), Map.of(), "", List.of(), "/run/log")))
              .await();
      tasks.kill(agent);
      assertThat(host.sandboxes().running("pod")).containsExactly(pod);
      host.sandboxes().terminate(pod);
      assertThat(host.sandboxes().ended(pod, Duration.ZERO)).isTrue();
      assertThat(host.sandboxes().exitCode(pod)).isEmpty();
    });
  }

  private String stage() {
    host.files().allocate(IMAGE, SIZE);
    String device = host.loops().attach(IMAGE, Options.FENCED).device();
    host.filesystems().format(device, "ext4", List.of());
    host.files().makeFolder(TARGET, 0755);
    host.mounts().mount(device, TARGET, "ext4", List.of());
    return device;
  }
}
