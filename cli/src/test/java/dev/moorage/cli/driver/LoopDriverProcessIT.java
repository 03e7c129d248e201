package dev.moorage.cli.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.Bytes;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.cli.MoorProcess;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.linux.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `moor driver loop` as a process of its own.
class LoopDriverProcessIT {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder = Path.of("");

  private MoorProcess moor(List<String> before, String... words) {
    return new MoorProcess(before, folder, List.of(words));
  }

  @Test
  void its_help_names_its_own_flags_and_no_command_line_library_is_set_up() {
    var loads = List.of("env", "JDK_JAVA_OPTIONS=-Xlog:class+load");
    try (var process = moor(loads, "driver", "loop", "--help")) {
      assertThat(process.end())
          .anyMatch(line -> line.contains("--pool-size SIZE"))
          .anyMatch(line -> line.contains("dev.moorage.drivermain.DriverMain "))
          .noneMatch(line -> line.matches(".*(picocli\\.CommandLine|tools\\.jackson\\.\\S+) .*"));
      assertThat(process.exitCode()).isZero();
    }
  }

  @Test
  void wrong_flags_end_with_2() {
    try (var process =
        moor(List.of(), "driver", "loop", "--endpoint=" + folder + "/s", "--pool-size=tiny")) {
      assertThat(process.end()).anyMatch(line -> line.contains("--pool-size: tiny is no size"));
      assertThat(process.exitCode()).isEqualTo(2);
    }
  }

  @Test
  void it_makes_volumes_and_leaves_nothing_mounted() throws IOException {
    var tasks = new LiveTasks();
    try (var group = tasks.group("caller")) {
      assumeTrue(Rights.of(group).suffice(), "mounts need root");
      var endpoint = "unix://" + folder.resolve("csi.sock");
      try (var process =
          moor(
              List.of(),
              "driver",
              "loop",
              "--endpoint=" + endpoint,
              "--state=" + folder.resolve("state"),
              "--node-id=node-1",
              "--max-volumes=7",
              "--pool-size=512Mi")) {
        assertThat(process.says(line -> line.endsWith("\"Ready\""))).as("ready").isTrue();
        try (var driver = new GrpcSockets(group).open(endpoint)) {
          assertThat(driver.call(new GetPluginInfo(), LONG).name()).isEqualTo("loop.moorage.dev");
          var node = driver.call(new NodeGetInfo(), LONG);
          assertThat(node.node()).isEqualTo(new NodeId("node-1"));
          assertThat(node.maxVolumes()).isEqualTo(7);
          var volume = driver.call(create(), LONG).id();
          assertThat(driver.call(new DeleteVolume(volume, Secrets.NONE), LONG))
              .isEqualTo(Done.DONE);
          growPool(driver);
        }
        assertThat(mounted()).isTrue();
        process.terminate();
        assertThat(process.end()).anyMatch(line -> line.endsWith("\"Ended\""));
        assertThat(process.exitCode()).isZero();
      }
      assertThat(mounted()).isFalse();
      assertThat(folder.resolve("csi.sock")).doesNotExist();
    }
  }

  /// By another process, while the driver serves.
  private void growPool(Csi driver) {
    var capacity = new GetCapacity(List.of(), Map.of(), Topology.NONE);
    var before = driver.call(capacity, LONG).available();
    var state = "--state=" + folder.resolve("state");
    try (var grow = moor(List.of(), "pool", "grow", "1Gi", state)) {
      assertThat(grow.end()).anyMatch(line -> line.contains("has 1Gi"));
      assertThat(grow.exitCode()).isZero();
    }
    var after = driver.call(capacity, LONG).available();
    assertThat(after).isGreaterThan(before.plus(Bytes.mebi(400)));
    try (var check = moor(List.of(), "pool", "check", state)) {
      assertThat(check.end()).anyMatch(line -> line.endsWith("all is well"));
      assertThat(check.exitCode()).isZero();
    }
  }

  private boolean mounted() throws IOException {
    return Files.readString(Path.of("/proc/self/mountinfo")).contains(" " + folder + "/");
  }

  private static CreateVolume create() {
    return new CreateVolume(
        "pvc-1",
        CapacityRange.atLeast(Bytes.mebi(16)),
        List.of(VolumeCapability.mount("ext4", AccessMode.SINGLE_NODE_WRITER)),
        Map.of(),
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }
}
