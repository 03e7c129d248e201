package dev.moorage.cli.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.host.Host;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Rights;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A house on a folder that survives it: at rest and started again, killed and started again, and
/// two of them side by side.
class HouseIT {
  private final Group group = new LiveTasks().group("test");
  private final Host host = new LinuxHost(group, Settings.DEFAULTS);
  private final List<Path> folders = new ArrayList<>();

  @BeforeEach
  void needs_rights() {
    assumeThat(Rights.of(group).missing()).as("rights that are missing here").isEmpty();
  }

  /// Whatever a failed test has left.
  @AfterEach
  void clear() throws IOException {
    for (var state : folders) {
      for (var sandbox : sandboxes(nodeOf(state))) {
        host.sandboxes().kill(sandbox);
        host.sandboxes().ended(sandbox, Duration.ofSeconds(5));
      }
      // The pool stands under the volumes' devices.
      for (var mount : mounts(state).reversed())
        if (!mount.target().endsWith("/pool")) host.mounts().unmount(mount.target());
      for (var loop : loops(state))
        if (!loop.image().endsWith("/pool.img")) host.loops().detach(loop.device());
      for (var mount : mounts(state)) host.mounts().unmount(mount.target());
      for (var loop : loops(state)) host.loops().detach(loop.device());
      try (var paths = Files.walk(state)) {
        for (var path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
      }
    }
    group.close();
  }

  @Test
  void at_rest_nothing_is_left_but_objects_and_data_and_a_start_brings_all_back() {
    var state = newState();
    try (var house = house(state)) {
      assertThat(house.ask("install")).isEqualTo("installed");
      assertThat(house.ask("create a")).isEqualTo("restarts 0");
      assertThat(house.ask("node")).matches("Ready v1\\.33\\.0\\+moorage bubblewrap://[0-9.]+");
      assertThat(house.ask("rest")).isEmpty();
      assertThat(house.ask("node")).startsWith("NotReady");
      assertNothingIsBusy(state);
      house.end();
    }
    try (var house = house(state)) {
      assertThat(house.ask("pod a")).isEqualTo("restarts 1");
      assertThat(house.ask("node")).startsWith("Ready");
      assertThat(house.ask("grow a")).isEqualTo("capacity 400Mi");
      assertThat(house.ask("delete a")).isEqualTo("gone");
      assertThat(house.ask("rest")).isEmpty();
      house.end();
    }
    assertNothingIsBusy(state);
  }

  @Test
  void pods_outlive_a_kill_and_the_next_start_adopts_them_and_clears_the_rest() {
    var state = newState();
    try (var house = house(state)) {
      assertThat(house.ask("install")).isEqualTo("installed");
      assertThat(house.ask("create a")).isEqualTo("restarts 0");
      assertThat(house.ask("create b")).isEqualTo("restarts 0");
      house.kill();
    }
    var before = sandboxes(nodeOf(state));
    var mounts = mounts(state);
    assertThat(before).hasSize(2);
    try (var asleep = new HouseProcess(state, nodeOf(state), "asleep")) {
      assertThat(asleep.ask("forget b")).isEqualTo("forgotten");
      asleep.kill();
    }
    assertThat(sandboxes(nodeOf(state))).isEqualTo(before);
    try (var house = house(state)) {
      assertThat(house.ask("pod a")).isEqualTo("restarts 0");
      await().until(() -> sandboxes(nodeOf(state)).size() == 1);
      assertThat(before).containsAll(sandboxes(nodeOf(state)));
      await().until(() -> mounts.size() - mounts(state).size() == 2); // b's bind and its stage
      assertThat(house.ask("grow a")).isEqualTo("capacity 400Mi");
      assertThat(house.ask("pod a")).isEqualTo("restarts 0");
      assertThat(house.ask("delete a")).isEqualTo("gone");
      assertThat(house.ask("rest")).isEmpty();
      house.end();
    }
    assertNothingIsBusy(state);
  }

  @Test
  void two_houses_side_by_side_leave_each_other_alone() {
    var one = newState();
    var other = newState();
    try (var first = house(one);
        var second = house(other)) {
      first.ask("install");
      second.ask("install");
      assertThat(first.ask("create a")).isEqualTo("restarts 0");
      assertThat(second.ask("create a")).isEqualTo("restarts 0");
      var seconds = everythingOf(other);
      assertThat(first.ask("rest")).isEmpty();
      assertNothingIsBusy(one);
      assertThat(everythingOf(other)).isEqualTo(seconds);
      first.end();
      try (var again = house(one)) {
        assertThat(again.ask("pod a")).isEqualTo("restarts 1");
        again.kill();
      }
      assertThat(everythingOf(other)).isEqualTo(seconds);
      try (var again = house(one)) {
        assertThat(again.ask("pod a")).isEqualTo("restarts 1");
        assertThat(again.ask("delete a")).isEqualTo("gone");
        assertThat(again.ask("rest")).isEmpty();
        again.end();
      }
      assertThat(everythingOf(other)).isEqualTo(seconds);
      assertThat(second.ask("pod a")).isEqualTo("restarts 0");
      assertThat(second.ask("delete a")).isEqualTo("gone");
      assertThat(second.ask("rest")).isEmpty();
      second.end();
    }
    assertNothingIsBusy(one);
    assertNothingIsBusy(other);
  }

  private static HouseProcess house(Path state) {
    return new HouseProcess(state, nodeOf(state), "awake");
  }

  private Path newState() {
    try {
      var made = Files.createTempDirectory(Path.of("/var/tmp"), "moorage-house-");
      folders.add(made);
      return made;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// A node's name, unique on this machine.
  private static String nodeOf(Path state) {
    var name = state.getFileName().toString();
    return "node-" + name.substring(name.lastIndexOf('-') + 1);
  }

  private void assertNothingIsBusy(Path state) {
    assertThat(everythingOf(state)).isEmpty();
  }

  private List<Object> everythingOf(Path state) {
    var all = new ArrayList<Object>(sandboxes(nodeOf(state)));
    all.addAll(mounts(state));
    all.addAll(loops(state));
    return all;
  }

  private List<Sandbox> sandboxes(String node) {
    return host.sandboxes().running("moorage." + node + "-");
  }

  private List<Mount> mounts(Path state) {
    return host.mounts().table().stream()
        .filter(mount -> mount.target().startsWith(state + "/"))
        .toList();
  }

  private List<Loop> loops(Path state) {
    return host.loops().all().stream()
        .filter(loop -> loop.image().startsWith(state + "/"))
        .toList();
  }
}
