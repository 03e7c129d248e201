package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.Asked;
import dev.moorage.driver.VolumeRecord.Publication;
import dev.moorage.driver.VolumeRecord.State;
import dev.moorage.host.HostException;
import dev.moorage.host.Ledger;
import dev.moorage.host.Ledger.Entry;
import dev.moorage.host.sim.SimHost;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsTest {
  private static final VolumeId ID = new VolumeId("pvc-1");
  private static final SnapshotId SNAPSHOT = new SnapshotId("snap_one");
  private static final Use XFS = new Use("xfs", AccessMode.SINGLE_NODE_MULTI_WRITER);
  private static final Use SHARED = new Use("xfs", AccessMode.MULTI_NODE_MULTI_WRITER);
  private static final Publication HERE = new Publication(new NodeId("node-a"), XFS, true);
  private static final Publication THERE = new Publication(new NodeId("node-b"), SHARED, false);
  private static final Asked ASKED =
      new Asked(
          List.of(XFS, SHARED),
          Map.of("label", "a-label", "x", ""),
          Map.of("discard", "on"),
          new ContentSource.Snapshot(SNAPSHOT));

  @Test
  void a_ledger_of_the_first_format_is_read() {
    withLedger(ledger -> {
      ledger.put(
          "volume pvc-1",
          Entry.of(
              Map.of(
                  "name", "pvc-1",
                  "size", "1073741824",
                  "uses", "xfs SINGLE_NODE_MULTI_WRITER,xfs SINGLE_NODE_WRITER",
                  "parameter.label", "a-label",
                  "state", "growing",
                  "target", "2147483648",
                  "published.node", "node-a",
                  "published.use", "xfs SINGLE_NODE_MULTI_WRITER",
                  "published.readOnly", "true")));
      ledger.put(
          "volume pvc-2",
          Entry.of(
              Map.of(
                  "name", "pvc-2",
                  "size", "4096",
                  "uses", "ext4 SINGLE_NODE_WRITER",
                  "state", "ready")));
      var records = new Records(ledger);
      assertThat(records.volume(ID))
          .contains(
              new VolumeRecord(
                  ID,
                  "pvc-1",
                  Bytes.gibi(1),
                  Asked.empty(
                      List.of(XFS, new Use("xfs", AccessMode.SINGLE_NODE_WRITER)),
                      Map.of("label", "a-label")),
                  new State.Growing(Bytes.gibi(2), List.of(HERE))));
      assertThat(records.volumes())
          .extracting(VolumeRecord::state)
          .containsExactly(
              new State.Growing(Bytes.gibi(2), List.of(HERE)), new State.Ready(List.of()));
      assertThat(records.snapshots()).isEmpty();
    });
  }

  @Test
  void volumes_are_read_as_they_were_written() {
    for (var state :
        List.of(
            new State.Creating(),
            new State.Ready(List.of()),
            new State.Ready(List.of(HERE, THERE)),
            new State.Growing(Bytes.gibi(2), List.of(HERE)),
            new State.Modifying(List.of(THERE)),
            new State.Deleting()))
      for (var source :
          List.of(
              new ContentSource.Empty(),
              new ContentSource.Snapshot(SNAPSHOT),
              new ContentSource.Volume(new VolumeId("pvc-0")))) {
        var asked = new Asked(ASKED.uses(), ASKED.parameters(), ASKED.mutable(), source);
        var volume = new VolumeRecord(ID, "a name\n", Bytes.gibi(1), asked, state);
        withRecords(records -> {
          records.put(volume);
          assertThat(records.volumes()).containsExactly(volume);
        });
      }
  }

  @Test
  void snapshots_are_read_as_they_were_written_with_their_volume() {
    var group = new GroupSnapshotId("group_one");
    var volume =
        new VolumeRecord(ID, "pvc-1", Bytes.gibi(1), ASKED, new State.Ready(List.of(HERE)));
    for (var state :
        List.of(
            new SnapshotRecord.State.Cutting(GroupSnapshotId.NONE),
            new SnapshotRecord.State.Ready(group),
            new SnapshotRecord.State.Deleting(group))) {
      var snapshot =
          new SnapshotRecord(
              SNAPSHOT,
              "one",
              volume,
              Instant.parse("2026-01-02T03:04:05.000000006Z"),
              Map.of("how", "frozen"),
              state);
      withRecords(records -> {
        records.put(snapshot);
        assertThat(records.snapshots()).containsExactly(snapshot);
        assertThat(records.snapshot(SNAPSHOT)).contains(snapshot);
        records.forget(SNAPSHOT);
        assertThat(records.snapshots()).isEmpty();
      });
    }
  }

  @Test
  void group_snapshots_are_read_as_they_were_written() {
    var members = new TreeMap<>(Map.of("pvc-1", SNAPSHOT, "pvc-2", new SnapshotId("snap_two")));
    for (var state : GroupRecord.State.values()) {
      var group =
          new GroupRecord(
              new GroupSnapshotId("group_one"),
              "one",
              members,
              Instant.EPOCH,
              Map.of("how", "frozen"),
              state);
      withRecords(records -> {
        records.put(group);
        assertThat(records.groups()).containsExactly(group);
        records.forget(group.id());
        assertThat(records.group(group.id())).isEmpty();
      });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"volume pvc-1", "snapshot snap_one", "group group_one", "stage pvc-1"})
  void an_entry_of_a_newer_version_is_named_and_not_read(String key) {
    withLedger(ledger -> {
      ledger.put(key, new Entry(9, new TreeMap<>()));
      var records = new Records(ledger);
      assertThatExceptionOfType(HostException.class)
          .isThrownBy(() -> {
            records.volumes();
            records.snapshots();
            records.groups();
            records.stages();
          })
          .withMessageContaining(key)
          .withMessageContaining("newer version");
    });
  }

  private static void withRecords(Consumer<Records> test) {
    withLedger(ledger -> test.accept(new Records(ledger)));
  }

  private static void withLedger(Consumer<Ledger> test) {
    var tasks = SimTasks.plain();
    var host = new SimHost(tasks, "node-a", SimHost.Settings.usual());
    tasks.run(() -> {
      host.files().makeFolder("/var/lib/small", 0700);
      try (var ledger = host.ledgers().open("/var/lib/small/driver.ledger")) {
        test.accept(ledger);
      }
    });
  }
}
