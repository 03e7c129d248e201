package dev.moorage.cli.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Driver;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.host.Host;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Rights;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// A loop driver on this kernel, with a folder of its own; tests are skipped with the reason where
/// a right is missing.
final class RealDriver {
  private static final String NODE = "node-a";
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Bytes POOL = Bytes.gibi(3);

  private final Path folder;
  private final Group group;
  private final Host host;
  private final Driver driver;

  RealDriver() {
    var tasks = new LiveTasks();
    group = tasks.group("test");
    var rights = Rights.of(group);
    assumeTrue(rights.suffice(), () -> "rights are missing here: " + rights.missing());
    try {
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "moorage-loop-it-");
      Files.createDirectories(folder.resolve("kubelet"));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
    host = new LinuxHost(group, Settings.DEFAULTS);
    var settings =
        new LoopDriver.Settings(
            LoopDriver.Settings.DEFAULT_NAME,
            "1",
            NODE,
            folder.resolve("state").toString(),
            POOL,
            9);
    driver = LoopDriver.start(group, host, settings, Journal.none());
    while (!driver.call(new Probe(), LONG).ready()) group.sleep(Duration.ofMillis(20));
  }

  static VolumeId id(String name) {
    return new VolumeId(name);
  }

  <R> R call(CsiCall<R> call) {
    return driver.call(call, LONG);
  }

  void create(
      String name,
      Bytes size,
      VolumeCapability capability,
      ContentSource source,
      Map<String, String> parameters) {
    call(
        new CreateVolume(
            name,
            CapacityRange.atLeast(size),
            List.of(capability),
            parameters,
            Secrets.NONE,
            source,
            TopologyRequirement.NONE,
            Map.of()));
  }

  Path staging(String name) {
    return folder.resolve("kubelet/" + name + "-staging");
  }

  Path target(String name) {
    return folder.resolve("kubelet/" + name);
  }

  /// From attach to publish.
  Path show(String name, VolumeCapability capability) throws IOException {
    var context =
        call(new ControllerPublishVolume(
                id(name), new NodeId(NODE), capability, false, Secrets.NONE, Map.of()))
            .publishContext();
    Files.createDirectories(staging(name));
    var path = staging(name).toString();
    call(new NodeStageVolume(id(name), context, path, capability, Secrets.NONE, Map.of()));
    var target = target(name).toString();
    call(
        new NodePublishVolume(
            id(name), context, path, target, capability, false, Secrets.NONE, Map.of()));
    return target(name);
  }

  /// From unpublish to delete.
  void deleteVolume(String name) {
    call(new NodeUnpublishVolume(id(name), target(name).toString()));
    call(new NodeUnstageVolume(id(name), staging(name).toString()));
    call(new ControllerUnpublishVolume(id(name), new NodeId(NODE), Secrets.NONE));
    call(new DeleteVolume(id(name), Secrets.NONE));
  }

  Snapshot snapshot(String name, String snapshot) {
    return call(
        new CreateSnapshot(id(name), snapshot, Secrets.NONE, Map.of(), TopologyRequirement.NONE));
  }

  void delete(SnapshotId snapshot) {
    call(new DeleteSnapshot(snapshot, Secrets.NONE));
  }

  void delete(GroupSnapshot snapshots) {
    var members = snapshots.snapshots().stream().map(Snapshot::id).toList();
    call(new DeleteVolumeGroupSnapshot(snapshots.id(), members, Secrets.NONE));
  }

  /// Does one thing while another one goes on, which is interrupted then.
  <R> R during(Runnable other, Supplier<R> act) {
    try (var inner = group.group("meanwhile")) {
      var going =
          inner.start(
              "other",
              () -> {
                other.run();
                return true;
              });
      group.sleep(Duration.ofMillis(300));
      var result = act.get();
      group.sleep(Duration.ofMillis(100));
      assertThat(going.ended()).as("writers go on").isFalse();
      return result;
    }
  }

  byte[] bytes(SnapshotId snapshot) throws IOException {
    return Files.readAllBytes(folder.resolve("state/pool/snapshots/" + snapshot + ".img"));
  }

  Bytes allocated(String name) {
    return host.files().look(image(name)).orElseThrow().allocated();
  }

  private String image(String name) {
    return folder.resolve("state/pool/volumes/" + name + ".img").toString();
  }

  void sync(String name) {
    host.filesystems().sync(target(name).toString());
  }

  /// Discards what is free; tells the tool's exit code.
  int trim(String name) throws IOException {
    return exitCode("fstrim", target(name).toString());
  }

  List<String> uuids(String... names) {
    return Arrays.stream(names).map(this::uuid).toList();
  }

  private String uuid(String name) {
    var device = host.loops().first(image(name)).orElseThrow().device();
    try {
      var blkid =
          new ProcessBuilder("blkid", "-p", "-o", "value", "-s", "UUID", device)
              .redirectErrorStream(true)
              .start();
      return new String(blkid.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static int exitCode(String... command) throws IOException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      return process.waitFor();
    } catch (InterruptedException leave) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(leave);
    }
  }

  /// Ends the driver; what a failed test left in the kernel goes too, and nothing may be left after
  /// one that went well.
  void close() throws IOException {
    var left = mounts();
    left.reversed().forEach(host.mounts()::unmount);
    for (var loop : host.loops().all())
      if (loop.image().startsWith(folder + "/state/pool/volumes"))
        host.loops().detach(loop.device());
    assertThat(driver.end()).isEmpty();
    group.close();
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
    assertThat(left).isEmpty();
  }

  private List<String> mounts() {
    return host.mounts().table().stream()
        .map(mount -> mount.target())
        .filter(target -> target.startsWith(folder + "/kubelet"))
        .toList();
  }
}
