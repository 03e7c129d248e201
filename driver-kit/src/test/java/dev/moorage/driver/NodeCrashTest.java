package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.Crash;
import dev.moorage.base.sim.Moment;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.sim.SimHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The driver dies before and after every outside effect of a volume's life, whatever sort of
/// volume it is.
class NodeCrashTest {
  private static final VolumeId INLINE = new VolumeId("csi-0123");
  private static final AccessMode MODE = AccessMode.SINGLE_NODE_MULTI_WRITER;

  /// A sort of volume, and how it is used.
  record Way(
      String name,
      Function<SimHost, Backend> backend,
      VolumeCapability capability,
      boolean readOnly,
      boolean inline) {

    @Override
    public String toString() {
      return name;
    }

    List<CsiCall<?>> up() {
      if (inline)
        return List.of(Stand.inline(INLINE, capability, "pod-1", Map.of("size", "400Mi")));
      return List.of(
          Stand.create(capability),
          Stand.stage(capability),
          Stand.publish(capability, Stand.target("pod-1"), readOnly),
          Stand.publish(capability, Stand.target("pod-2"), readOnly));
    }

    List<CsiCall<?>> down() {
      if (inline) return List.of(new NodeUnpublishVolume(INLINE, Stand.target("pod-1")));
      return List.of(
          Stand.unpublish("pod-1"), Stand.unpublish("pod-2"), Stand.unstage(), Stand.delete());
    }
  }

  static List<Way> ways() {
    var ext4 = VolumeCapability.mount("ext4", MODE);
    var xfs = VolumeCapability.mount("xfs", MODE);
    var folder = VolumeCapability.mount("", MODE);
    var block = Stand.block(MODE);
    return List.of(
        new Way("a filesystem", ImageBackend::new, ext4, false, false),
        new Way("a raw device", ImageBackend::new, block, false, false),
        new Way("a raw device for readers", ImageBackend::new, block, true, false),
        new Way("a folder", FolderBackend::new, folder, false, false),
        new Way("an inline filesystem", ImageBackend::new, xfs, false, true),
        new Way("an inline raw device", ImageBackend::new, block, false, true),
        new Way("an inline folder", FolderBackend::new, folder, false, true));
  }

  private interface Caller {
    /// A life; gives the answers.
    List<Object> live(Stand stand, Way way);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_retry_gets_the_same_answer_and_nothing_is_left_over(Way way) {
    everywhere(way, false, NodeCrashTest::insist);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_caller_that_gives_up_and_undoes_leaves_nothing_over(Way way) {
    everywhere(way, false, NodeCrashTest::giveUp);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_node_without_power_begins_again_and_nothing_is_left_over(Way way) {
    everywhere(way, true, NodeCrashTest::beginAgain);
  }

  private static List<Object> insist(Stand stand, Way way) {
    var answers = new ArrayList<Object>();
    for (CsiCall<?> call : way.up()) answers.add(stand.call(call));
    for (CsiCall<?> call : way.down()) answers.add(stand.call(call));
    return answers;
  }

  private static List<Object> giveUp(Stand stand, Way way) {
    for (CsiCall<?> call : way.up()) if (!stand.tryOnce(call)) break;
    for (CsiCall<?> call : way.down()) stand.call(call);
    return List.of();
  }

  private static List<Object> beginAgain(Stand stand, Way way) {
    for (var calls : List.of(way.up(), way.down()))
      for (int i = 0; i < calls.size(); i++) if (!stand.tryOnce(calls.get(i))) i = -1;
    return List.of();
  }

  private static void everywhere(Way way, boolean power, Caller caller) {
    var usual = new Stand(way.backend);
    var answers = play(usual, way, caller);
    int effects = usual.tasks.trace().size();
    assertThat(effects).as("effects").isGreaterThan(10);
    for (int effect = 1; effect <= effects; effect++)
      for (var moment : Moment.values()) {
        var stand = new Stand(way.backend);
        stand.tasks.onEffect(new Crash(effect, moment, () -> die(stand, power)));
        try {
          assertThat(play(stand, way, caller)).isEqualTo(answers);
          assertThat(stand.starts()).as("starts").isEqualTo(2);
        } catch (AssertionError | RuntimeException wrong) {
          var what = usual.tasks.trace().get(effect - 1);
          throw new AssertionError(
              way + ": crash " + moment + " effect " + effect + " " + what + ": " + wrong, wrong);
        }
      }
  }

  private static void die(Stand stand, boolean power) {
    stand.kill();
    if (power) stand.host.powerCut();
  }

  private static List<Object> play(Stand stand, Way way, Caller caller) {
    var answers = new ArrayList<Object>();
    stand.tasks.run(() -> {
      answers.addAll(caller.live(stand, way));
      stand.checkNothingLeft();
    });
    return answers;
  }
}
