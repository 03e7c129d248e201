package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Snapshot;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.sim.SimHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The driver dies before and after every outside effect of a volume's life, of its own start and
/// of its own end.
class LoopDriverCrashTest {
  private static final Bytes POOL = Bytes.gibi(2);

  /// The number of no effect: nothing dies.
  private static final int NEVER = 0;

  private static final int AT_LEAST = 100;

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4"})
  void a_retry_gets_the_same_answer_and_nothing_is_left_over(String fsType) {
    var answers = new Insistent(life(fsType), NEVER, Moment.BEFORE).play().answers;
    everywhere(
        fsType,
        (effect, moment) -> {
          var run = new Insistent(life(fsType), effect, moment).play();
          assertThat(run.answers).isEqualTo(answers);
          return run;
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4"})
  void a_caller_that_gives_up_and_undoes_leaves_nothing_over(String fsType) {
    everywhere(fsType, (effect, moment) -> new GivesUp(life(fsType), effect, moment).play());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4"})
  void a_power_cut_loses_no_volume_that_was_answered(String fsType) {
    everywhere(fsType, (effect, moment) -> new PowerCut(life(fsType), effect, moment).play());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4", "btrfs"})
  void snapshots_copies_and_groups_hold_what_they_were_cut_with_and_nothing_stays_frozen(
      String fsType) {
    everywhere(fsType, (effect, moment) -> new Copies(life(fsType), effect, moment).play());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xfs", "ext4", "btrfs"})
  void a_power_cut_loses_no_snapshot_that_was_answered(String fsType) {
    everywhere(
        fsType, (effect, moment) -> new CopiesInTheDark(life(fsType), effect, moment).play());
  }

  /// What half a format leaves looks like somebody's data.
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void a_format_that_dies_half_way_is_made_again(int loop) {
    var run = new Insistent(life("xfs"), NEVER, Moment.BEFORE);
    var device = "/dev/loop" + loop;
    run.tasks.onEffect((effect, moment) -> {
      boolean first = effect.what().equals("format") && effect.on().equals(device);
      if (!first || moment != Moment.BEFORE || run.node.starts() > 1) return;
      run.host.filesystems().format(device, "ext4", List.of());
      run.node.kill();
    });
    run.play();
    assertThat(run.starts()).isEqualTo(2);
  }

  private interface OneRun {
    Run play(int effect, Moment moment);
  }

  private static void everywhere(String fsType, OneRun one) {
    int effects = one.play(NEVER, Moment.BEFORE).effects();
    int points = 0;
    for (int effect = 1; effect <= effects; effect++)
      for (var moment : Moment.values()) {
        var where = fsType + ": crash " + moment + " effect " + effect;
        points++;
        try {
          assertThat(one.play(effect, moment).starts()).as("starts").isEqualTo(2);
        } catch (AssertionError | RuntimeException wrong) {
          throw new AssertionError(where + " (crash point " + points + "): " + wrong, wrong);
        }
      }
    assertThat(points)
        .as("%s: %d crash points tried, all well, but fewer than before", fsType, points)
        .isGreaterThanOrEqualTo(AT_LEAST);
  }

  private static Life life(String fsType) {
    return new Life("pvc-1", fsType);
  }

  /// On this kernel a mounted ext4 does not grow.
  private static List<CsiCall<?>> up(Life life) {
    var calls = new ArrayList<>(life.up());
    if (life.fsType().equals("ext4")) calls.removeIf(call -> call instanceof NodeExpandVolume);
    return calls;
  }

  /// One life with one crash.
  private abstract static class Run {
    final Life life;
    final SimTasks tasks = SimTasks.plain();
    final SimHost host = new SimHost(tasks, Life.NODE, SimHost.Settings.usual());
    final List<Object> answers = new ArrayList<>();
    final SimNode node;

    Run(Life life, int effect, Moment moment) {
      this.life = life;
      this.node = new SimNode(tasks, host, pool());
      tasks.onEffect(new Crash(effect, moment, () -> die(node)));
    }

    Bytes pool() {
      return POOL;
    }

    void die(SimNode node) {
      node.kill();
    }

    abstract void live(SimNode node);

    /// Makes calls; from the first one again when the driver died, as the node may have gone with
    /// it.
    static void all(SimNode node, List<CsiCall<?>> calls) {
      for (int i = 0; i < calls.size(); i++) {
        node.awaitReady();
        if (!node.tryOnce(calls.get(i))) i = -1;
      }
    }

    Run play() {
      SimNode.makeFolders(host, life);
      tasks.run(() -> {
        node.start();
        live(node);
        node.checkNothingLeft(life);
        node.end();
      });
      SimNode.checkOnlyThePoolIsLeft(host);
      return this;
    }

    int effects() {
      return tasks.trace().size();
    }

    int starts() {
      return node.starts();
    }
  }

  /// A call whose driver died is made again.
  private static final class Insistent extends Run {
    Insistent(Life life, int effect, Moment moment) {
      super(life, effect, moment);
    }

    @Override
    void live(SimNode node) {
      for (CsiCall<?> call : up(life)) answers.add(node.insist(call));
      for (CsiCall<?> call : life.down()) answers.add(node.insist(call));
    }
  }

  /// After the crash, no call of the way up is made again.
  private static final class GivesUp extends Run {
    GivesUp(Life life, int effect, Moment moment) {
      super(life, effect, moment);
    }

    @Override
    void live(SimNode node) {
      node.awaitReady();
      for (CsiCall<?> call : up(life)) if (!node.tryOnce(call)) break;
      for (CsiCall<?> call : life.down()) node.insist(call);
    }
  }

  /// The node goes with the driver; its kubelet begins again with what it was about.
  private static final class PowerCut extends Run {
    PowerCut(Life life, int effect, Moment moment) {
      super(life, effect, moment);
    }

    @Override
    void die(SimNode node) {
      node.kill();
      host.powerCut();
    }

    @Override
    void live(SimNode node) {
      all(node, up(life));
      all(node, life.down());
    }
  }

  /// A volume in use, its snapshot, a larger volume from that, a clone, and a group of both.
  private static class Copies extends Run {
    private static final Bytes LARGE_POOL = Bytes.gibi(4);
    private final Life restored;
    private final Life clone;

    Copies(Life life, int effect, Moment moment) {
      super(life, effect, moment);
      this.restored = new Life("pvc-restored", life.fsType());
      this.clone = new Life("pvc-clone", life.fsType());
      SimNode.makeFolders(host, restored);
      SimNode.makeFolders(host, clone);
    }

    @Override
    Bytes pool() {
      return LARGE_POOL;
    }

    @Override
    void live(SimNode node) {
      show(node, life);
      write(node, "first");
      var snapshot = node.insist(life.snapshot("snap-1"));
      write(node, "second");
      node.insist(restored.from(new ContentSource.Snapshot(snapshot.id()), Life.LARGER));
      node.insist(clone.from(new ContentSource.Volume(life.id()), Life.SIZE));
      var group =
          node.insist(
              new CreateVolumeGroupSnapshot(
                  "group-1", List.of(life.id(), clone.id()), Secrets.NONE, Map.of()));
      write(node, "third");
      assertThat(host.files().names(SimNode.STATE + "/pool/snapshots")).hasSize(3);
      node.insist(new DeleteSnapshot(snapshot.id(), Secrets.NONE));
      reads(node, restored, "first");
      reads(node, clone, "second");
      node.insist(
          new DeleteVolumeGroupSnapshot(
              group.id(), group.snapshots().stream().map(Snapshot::id).toList(), Secrets.NONE));
      show(node, life);
      assertThat(host.files().read(file(life))).contains("third");
      hide(node, life);
    }

    /// The pod's write; when the node goes in the middle of it, it is made again.
    private void write(SimNode node, String text) {
      while (true) {
        show(node, life);
        try {
          host.files().write(file(life), text);
        } catch (HostException gone) {
          assertThat(gone.errno()).isEqualTo(Errno.ENOENT);
        }
        if (host.mounts().at(life.target("pod-1")).isPresent()) return;
        host.files().removeFile(file(life));
      }
    }

    private void reads(SimNode node, Life copy, String text) {
      show(node, copy);
      assertThat(host.files().read(file(copy))).contains(text);
      hide(node, copy);
    }

    private void show(SimNode node, Life volume) {
      var calls = new ArrayList<CsiCall<?>>();
      if (volume.equals(life)) calls.add(volume.create());
      calls.addAll(List.of(volume.attach(), volume.stage(), volume.publish("pod-1")));
      all(node, calls);
    }

    private static void hide(SimNode node, Life volume) {
      all(node, volume.down());
    }

    private static String file(Life volume) {
      return volume.target("pod-1") + "/file";
    }
  }

  /// The same, but the node goes with the driver.
  private static final class CopiesInTheDark extends Copies {
    CopiesInTheDark(Life life, int effect, Moment moment) {
      super(life, effect, moment);
    }

    @Override
    void die(SimNode node) {
      node.kill();
      host.powerCut();
    }
  }
}
