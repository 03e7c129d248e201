package dev.moorage.cli.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.BlockMetadata.Range;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeCapability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The loop driver on this kernel: what snapshots and copies really hold.
class LoopDriverIT {
  private static final Bytes SIZE = Bytes.mebi(320);
  private static final Bytes LARGER = Bytes.mebi(400);
  private static final VolumeCapability RAW =
      new VolumeCapability(new VolumeCapability.Access.Block(), AccessMode.SINGLE_NODE_WRITER);
  private static final int BLOCK = 4096;

  private final RealDriver driver = new RealDriver();

  @AfterEach
  void nothing_is_left() throws IOException {
    driver.close();
  }

  private static VolumeCapability mount(String fsType) {
    return VolumeCapability.mount(fsType, AccessMode.SINGLE_NODE_WRITER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4", "btrfs"})
  void a_snapshot_holds_what_was_written_before_it_and_its_copies_are_volumes_of_their_own(
      String fsType) throws IOException {
    var capability = mount(fsType);
    driver.create("pvc-1", SIZE, capability, new ContentSource.Empty(), Map.of("label", "a"));
    var first = driver.show("pvc-1", capability);
    Files.writeString(first.resolve("file"), "first");
    var snapshot = driver.snapshot("pvc-1", "snap-1").id();
    Files.writeString(first.resolve("file"), "second");
    driver.create("pvc-2", LARGER, capability, new ContentSource.Snapshot(snapshot), Map.of());
    driver.create(
        "pvc-3", SIZE, capability, new ContentSource.Volume(RealDriver.id("pvc-1")), Map.of());
    var restored = driver.show("pvc-2", capability);
    var clone = driver.show("pvc-3", capability);
    assertThat(restored.resolve("file")).hasContent("first");
    assertThat(clone.resolve("file")).hasContent("second");
    assertThat(driver.uuids("pvc-1", "pvc-2", "pvc-3")).doesNotHaveDuplicates().hasSize(3);
    assertThat(restored.toFile().getTotalSpace())
        .isGreaterThan(first.toFile().getTotalSpace() + Bytes.mebi(50).count());
    driver.delete(snapshot);
    Files.writeString(restored.resolve("other"), "more");
    assertThat(first.resolve("other")).doesNotExist();
    for (var name : List.of("pvc-1", "pvc-2", "pvc-3")) driver.deleteVolume(name);
  }

  @Test
  void what_changed_between_snapshots_is_told_and_nothing_that_differs_is_left_out()
      throws IOException {
    driver.create("pvc-1", Bytes.mebi(64), RAW, new ContentSource.Empty(), Map.of());
    var device = driver.show("pvc-1", RAW);
    var random = new Random(5);
    scatter(device, random, 40, Bytes.mebi(64).count());
    var base = driver.snapshot("pvc-1", "base").id();
    // Not synced by the writer: what the kernel still holds of the device belongs to the snapshot.
    scatter(device, random, 25, Bytes.mebi(64).count());
    var target = driver.snapshot("pvc-1", "target").id();
    scatter(device, random, 25, Bytes.mebi(64).count());
    driver.call(
        new ControllerExpandVolume(
            RealDriver.id("pvc-1"), CapacityRange.atLeast(Bytes.mebi(80)), Secrets.NONE, RAW));
    driver.call(
        new NodeExpandVolume(
            RealDriver.id("pvc-1"),
            driver.target("pvc-1").toString(),
            CapacityRange.atLeast(Bytes.mebi(80)),
            driver.staging("pvc-1").toString(),
            RAW,
            Secrets.NONE));
    scatter(device, random, 25, Bytes.mebi(80).count());
    var grown = driver.snapshot("pvc-1", "grown").id();

    checkAllocated(base);
    checkAllocated(grown);
    checkDelta(base, target);
    checkDelta(target, grown);
    checkDelta(base, grown);
    checkSame(device, grown);
    for (var snapshot : List.of(base, target, grown)) driver.delete(snapshot);
    driver.deleteVolume("pvc-1");
  }

  private static void scatter(Path device, Random random, int blocks, long size)
      throws IOException {
    try (var open = FileChannel.open(device, StandardOpenOption.WRITE)) {
      for (int i = 0; i < blocks; i++) {
        var bytes = new byte[BLOCK * (1 + random.nextInt(4))];
        random.nextBytes(bytes);
        long at = random.nextLong((size - bytes.length) / BLOCK) * BLOCK;
        open.write(ByteBuffer.wrap(bytes), at);
      }
    }
  }

  private void checkAllocated(SnapshotId snapshot) throws IOException {
    var told = driver.call(new GetMetadataAllocated(snapshot, 0, 0, Secrets.NONE)).ranges();
    var bytes = driver.bytes(snapshot);
    check(told, new byte[bytes.length], bytes);
    assertThat(told).isNotEmpty();
  }

  private void checkDelta(SnapshotId base, SnapshotId target) throws IOException {
    var told = driver.call(new GetMetadataDelta(base, target, 0, 0, Secrets.NONE)).ranges();
    var after = driver.bytes(target);
    check(told, Arrays.copyOf(driver.bytes(base), after.length), after);
    long sum = told.stream().mapToLong(Range::size).sum();
    assertThat(sum).as("told as changed").isLessThan(Bytes.mebi(4).count());
  }

  /// By blocks: what differs is told.
  private static void check(List<Range> told, byte[] before, byte[] after) {
    int differing = 0;
    for (int at = 0; at < after.length; at += BLOCK) {
      long offset = at;
      if (Arrays.equals(before, at, at + BLOCK, after, at, at + BLOCK)) continue;
      differing++;
      assertThat(told)
          .as("block at %d differs", at)
          .anyMatch(range -> range.offset() <= offset && offset + BLOCK <= range.end());
    }
    assertThat(differing).isPositive();
    assertThat(told).allMatch(range -> range.end() <= after.length);
  }

  private void checkSame(Path device, SnapshotId snapshot) throws IOException {
    assertThat(Files.readAllBytes(device)).isEqualTo(driver.bytes(snapshot));
  }

  @Test
  void a_group_is_cut_at_one_moment_while_its_volumes_are_written() throws IOException {
    var capability = mount("xfs");
    var folders = new ArrayList<Path>();
    for (var name : List.of("pvc-1", "pvc-2")) {
      driver.create(name, SIZE, capability, new ContentSource.Empty(), Map.of());
      folders.add(driver.show(name, capability));
    }
    var group =
        driver.during(
            () -> countIn(folders),
            () ->
                driver.call(
                    new CreateVolumeGroupSnapshot(
                        "group-1",
                        List.of(RealDriver.id("pvc-1"), RealDriver.id("pvc-2")),
                        Secrets.NONE,
                        Map.of())));
    var counts = new TreeMap<String, Integer>();
    for (var snapshot : group.snapshots()) {
      var copy = "copy-of-" + snapshot.source();
      driver.create(copy, SIZE, capability, new ContentSource.Snapshot(snapshot.id()), Map.of());
      counts.put(snapshot.source().text(), driver.show(copy, capability).toFile().list().length);
      driver.deleteVolume(copy);
    }
    // A file was made in the first volume, then one in the second, and so on.
    int first = counts.getOrDefault("pvc-1", 0);
    int ahead = first - counts.getOrDefault("pvc-2", 0);
    assertThat(ahead).as("files: %s", counts).isBetween(0, 1);
    assertThat(first).isPositive();
    driver.delete(group);
    for (var name : List.of("pvc-1", "pvc-2")) driver.deleteVolume(name);
  }

  /// Writes until it is interrupted.
  private static void countIn(List<Path> folders) {
    try {
      for (int i = 0; !Thread.currentThread().isInterrupted(); i++)
        for (var folder : folders) Files.createFile(folder.resolve("file-" + i));
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "btrfs"})
  void the_smallest_volume_grows_by_a_little(String fsType) throws IOException {
    var capability = mount(fsType);
    var id = RealDriver.id("pvc-1");
    driver.create("pvc-1", new Bytes(1), capability, new ContentSource.Empty(), Map.of());
    driver.show("pvc-1", capability);
    var size = driver.call(new ControllerGetVolume(id)).volume().capacity();
    var range = CapacityRange.atLeast(size.plus(Bytes.mebi(1)));
    driver.call(new ControllerExpandVolume(id, range, Secrets.NONE, capability));
    var staging = driver.staging("pvc-1").toString();
    var target = driver.target("pvc-1").toString();
    driver.call(new NodeExpandVolume(id, target, range, staging, capability, Secrets.NONE));
    driver.deleteVolume("pvc-1");
  }

  @Test
  void discarding_leaves_a_thick_volume_thick_and_lets_a_thin_one_shrink() throws IOException {
    var capability = mount("ext4");
    driver.create("thick", SIZE, capability, new ContentSource.Empty(), Map.of());
    driver.create(
        "thin", SIZE, capability, new ContentSource.Empty(), Map.of("provisioning", "thin"));
    assertThat(driver.allocated("thick")).isGreaterThanOrEqualTo(SIZE);
    assertThat(driver.allocated("thin")).isLessThan(Bytes.mebi(1));
    for (var name : List.of("thick", "thin")) {
      var file = driver.show(name, capability).resolve("file");
      Files.write(file, new byte[(int) Bytes.mebi(64).count()]);
      driver.sync(name);
      Files.delete(file);
      driver.sync(name);
    }
    var before = driver.allocated("thin");
    assertThat(before).isGreaterThan(Bytes.mebi(64));
    assertThat(driver.trim("thick")).isNotZero();
    assertThat(driver.trim("thin")).isZero();
    assertThat(driver.allocated("thick")).isGreaterThanOrEqualTo(SIZE);
    assertThat(driver.allocated("thin")).isLessThan(before.minusAtMost(Bytes.mebi(60)));

    var off = Map.of("discard", "off", "reserve", "full");
    driver.call(new ControllerModifyVolume(RealDriver.id("thin"), Secrets.NONE, off));
    assertThat(driver.allocated("thin")).isGreaterThanOrEqualTo(SIZE);
    assertThat(driver.trim("thin")).isNotZero();
    for (var name : List.of("thick", "thin")) driver.deleteVolume(name);
  }
}
