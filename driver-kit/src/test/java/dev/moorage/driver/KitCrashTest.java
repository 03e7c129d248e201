package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The driver dies before and after every outside effect of making, copying, changing and removing
/// volumes and snapshots, and of its own start.
class KitCrashTest {
  private static final int NEVER = 0;
  private static final int AT_LEAST = 130;

  private static final VolumeId V = new VolumeId("v");
  private static final GroupSnapshotId GROUP = SnapshotIds.group("g");
  private static final List<SnapshotId> MEMBERS =
      List.of(SnapshotIds.member(GROUP, V), SnapshotIds.member(GROUP, new VolumeId("w")));

  private static final List<CsiCall<?>> UP =
      List.of(
          KitBench.volume("v"),
          KitBench.volume("w"),
          new ControllerModifyVolume(V, Secrets.NONE, Map.of("discard", "on")),
          new ControllerExpandVolume(
              V, CapacityRange.atLeast(Bytes.mebi(80)), Secrets.NONE, KitBench.EXT4),
          KitBench.snapshot("one", "v"),
          from("restored", new ContentSource.Snapshot(new SnapshotId("snap_one"))),
          from("clone", new ContentSource.Volume(V)),
          KitBench.group("g", "v", "w"),
          from("from-member", new ContentSource.Snapshot(MEMBERS.getLast())));

  private static final List<CsiCall<?>> DOWN =
      List.of(
          KitBench.deleteVolume("v"),
          KitBench.deleteSnapshot("snap_one"),
          new DeleteVolumeGroupSnapshot(GROUP, MEMBERS, Secrets.NONE),
          KitBench.deleteVolume("w"),
          KitBench.deleteVolume("restored"),
          KitBench.deleteVolume("clone"),
          KitBench.deleteVolume("from-member"));

  private static CsiCall<?> from(String name, ContentSource source) {
    return KitBench.volume(name, source, CapacityRange.ANY);
  }

  @Test
  void a_retry_gets_the_same_answer_and_nothing_is_left_over() {
    var expected = new ArrayList<>();
    play(NEVER, Moment.BEFORE, bench -> insist(bench, expected));
    everywhere(bench -> {
      var answers = new ArrayList<>();
      insist(bench, answers);
      assertThat(answers).isEqualTo(expected);
    });
  }

  private static void insist(KitBench bench, List<Object> answers) {
    for (CsiCall<?> call : UP) answers.add(timeless(bench.insist(call)));
    for (CsiCall<?> call : DOWN) answers.add(bench.insist(call));
  }

  /// A cut that is made anew after a crash is made later.
  private static Object timeless(Object answer) {
    return switch (answer) {
      case Snapshot snapshot -> timeless(snapshot);
      case GroupSnapshot group ->
          new GroupSnapshot(
              group.id(),
              group.snapshots().stream().map(KitCrashTest::timeless).toList(),
              Instant.EPOCH,
              group.ready());
      default -> answer;
    };
  }

  private static Snapshot timeless(Snapshot cut) {
    return new Snapshot(
        cut.id(),
        cut.source(),
        cut.size(),
        Instant.EPOCH,
        cut.ready(),
        cut.group(),
        cut.accessible());
  }

  @Test
  void a_caller_that_gives_up_and_undoes_leaves_nothing_over() {
    everywhere(bench -> {
      for (CsiCall<?> call : UP) if (!bench.tryOnce(call)) break;
      for (CsiCall<?> call : DOWN) bench.insist(call);
    });
  }

  /// What was decided on before the crash and never told to anybody is undone or finished at the
  /// start, without a call.
  @Test
  void a_start_leaves_no_intent_and_no_file_that_the_ledger_does_not_know() {
    everywhere(bench -> {
      for (CsiCall<?> call : UP) if (!bench.tryOnce(call)) break;
      bench.awaitReady();
      var known = new ArrayList<String>();
      for (var id : bench.volumes()) known.add(id + ".img");
      for (var id : bench.snapshots()) known.add(id + ".img");
      assertThat(bench.files().stream().filter(name -> name.endsWith(".img")))
          .containsExactlyInAnyOrderElementsOf(known);
      assertThat(bench.backend.holders()).hasSameSizeAs(known);
      bench.kill();
      assertThat(bench.states()).containsOnly("ready");
      for (CsiCall<?> call : DOWN) bench.insist(call);
    });
  }

  private static void everywhere(Consumer<KitBench> life) {
    int effects = play(NEVER, Moment.BEFORE, life).effects;
    int points = 0;
    for (int effect = 1; effect <= effects; effect++)
      for (var moment : Moment.values()) {
        points++;
        try {
          assertThat(play(effect, moment, life).starts).as("starts").isGreaterThan(1);
        } catch (AssertionError | RuntimeException wrong) {
          throw new AssertionError("crash " + moment + " effect " + effect + ": " + wrong, wrong);
        }
      }
    assertThat(points).as("crash points").isGreaterThanOrEqualTo(AT_LEAST);
  }

  private static KitBench play(int effect, Moment moment, Consumer<KitBench> life) {
    var bench = new KitBench();
    bench.tasks.onEffect(new Crash(effect, moment, bench::kill));
    bench.tasks.run(() -> {
      life.accept(bench);
      bench.awaitReady();
      assertThat(bench.files()).isEmpty();
      assertThat(bench.backend.holders()).isEmpty();
      assertThat(bench.volumes()).isEmpty();
      assertThat(bench.snapshots()).isEmpty();
      bench.effects = bench.tasks.trace().size();
      bench.kill();
      assertThat(bench.ledger()).isEmpty();
    });
    return bench;
  }
}
