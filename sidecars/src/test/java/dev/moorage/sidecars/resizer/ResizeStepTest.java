package dev.moorage.sidecars.resizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.Given;
import dev.moorage.sidecars.resizer.ResizeStep.CallDriver;
import dev.moorage.sidecars.resizer.ResizeStep.Cause;
import dev.moorage.sidecars.resizer.ResizeStep.Enough;
import dev.moorage.sidecars.resizer.ResizeStep.ForgetFormerSize;
import dev.moorage.sidecars.resizer.ResizeStep.Grown;
import dev.moorage.sidecars.resizer.ResizeStep.MarkStarted;
import dev.moorage.sidecars.resizer.ResizeStep.Nothing;
import dev.moorage.sidecars.resizer.ResizeView.Means;
import dev.moorage.sidecars.resizer.ResizeView.VolumeFound;
import org.junit.jupiter.api.Test;

/// The table of external-resizer's recovery. Sizes in GiB; the claim was granted 1.
class ResizeStepTest {
  private static final String NONE = "";
  private static final String IN_PROGRESS = "ControllerResizeInProgress";
  private static final String INFEASIBLE = "ControllerResizeInfeasible";
  private static final String NODE_PENDING = "NodeResizePending";
  private static final String NODE_IN_PROGRESS = "NodeResizeInProgress";
  private static final String NODE_INFEASIBLE = "NodeResizeInfeasible";

  private Tree claim = Given.claim().with(Tree.of("Bound"), "status", "phase");
  private Tree volume = Given.volume();
  private Means means = Means.CONTROLLER;

  @Test
  void a_claim_that_has_what_it_asks_for_is_left_alone() {
    given(1, 1, 0, NONE);
    assertThat(next()).isEqualTo(new Enough());
  }

  @Test
  void a_wish_is_marked_before_the_driver_is_called() {
    given(3, 1, 0, NONE);
    marks(3, Cause.WISH);
    given(3, 1, 3, IN_PROGRESS);
    calls(3);
  }

  @Test
  void a_call_that_may_run_is_repeated_whatever_is_wished_meanwhile() {
    given(5, 1, 3, IN_PROGRESS);
    calls(3);
    given(2, 1, 3, IN_PROGRESS);
    calls(3);
  }

  @Test
  void after_a_final_failure_the_newest_wish_counts() {
    given(2, 1, 3, IN_PROGRESS);
    condition("ControllerResizeError");
    marks(2, Cause.WISH);
    given(3, 1, 3, IN_PROGRESS);
    condition("ControllerResizeError");
    marks(3, Cause.AGAIN);
  }

  @Test
  void after_an_infeasible_failure_the_newest_wish_counts() {
    given(2, 1, 3, INFEASIBLE);
    marks(2, Cause.WISH);
    given(3, 1, 3, INFEASIBLE);
    marks(3, Cause.AGAIN);
  }

  @Test
  void a_volume_that_has_grown_before_the_claim_heard_of_it_is_asked_again() {
    given(3, 3, 3, IN_PROGRESS);
    calls(3);
    given(2, 3, 3, IN_PROGRESS);
    calls(3);
    given(2, 3, 3, INFEASIBLE);
    marks(3, Cause.AGAIN);
    given(2, 3, 0, IN_PROGRESS);
    marks(2, Cause.WISH);
  }

  @Test
  void the_node_is_waited_for() {
    for (String progress : new String[] {NODE_PENDING, NODE_IN_PROGRESS}) {
      given(3, 3, 3, progress);
      waits("the node has the next move");
      given(5, 3, 3, progress);
      waits("the node has the next move");
    }
  }

  @Test
  void a_volume_below_its_promise_is_grown_although_the_node_was_asked() {
    given(5, 2, 3, NODE_PENDING);
    marks(3, Cause.WISH);
    given(5, 2, 0, NODE_IN_PROGRESS);
    marks(5, Cause.WISH);
  }

  @Test
  void a_node_that_refused_is_asked_again_for_the_promised_size() {
    given(3, 3, 3, NODE_INFEASIBLE);
    marks(3, Cause.NODE_REFUSED);
    given(5, 3, 3, NODE_INFEASIBLE);
    marks(3, Cause.NODE_REFUSED);
    given(5, 3, 0, NODE_INFEASIBLE);
    marks(5, Cause.WISH);
  }

  @Test
  void a_node_that_refused_is_asked_for_the_wish_where_it_alone_expands() {
    means = Means.NODE;
    given(2, 3, 3, NODE_INFEASIBLE);
    marks(2, Cause.WISH);
  }

  @Test
  void a_large_volume_without_progress_is_brought_to_the_promise_or_the_wish() {
    given(2, 3, 3, NONE);
    marks(3, Cause.WISH);
    given(2, 3, 0, NONE);
    marks(2, Cause.WISH);
    condition("FileSystemResizePending");
    waits("the node has the next move");
  }

  @Test
  void unknown_progress_is_left_alone() {
    given(3, 1, 3, "ResizedByMagic");
    waits("unknown progress ResizedByMagic");
  }

  @Test
  void the_former_size_is_forgotten_once_the_claim_has_the_volume_s() {
    given(1, 1, 0, NONE);
    volume = Patch.NONE.annotate(ResizeView.PRE_RESIZE, "1Gi").apply(volume);
    assertThat(next()).isEqualTo(new ForgetFormerSize(PersistentVolume.of(volume)));
    given(2, 2, 2, NODE_PENDING);
    volume = Patch.NONE.annotate(ResizeView.PRE_RESIZE, "1Gi").apply(volume);
    waits("the node has the next move");
  }

  @Test
  void nothing_is_done_for_claims_that_are_not_bound_or_go_away() {
    given(3, 1, 0, NONE);
    claim = Given.deleting(claim);
    waits("it is being deleted");
    claim = claim.with(Tree.of("Pending"), "status", "phase");
    waits("it is not bound");
  }

  @Test
  void a_driver_that_cannot_expand_is_not_asked() {
    given(3, 1, 0, NONE);
    means = Means.NONE;
    assertThat(next())
        .isEqualTo(
            new ResizeStep.CannotGrow(
                "driver " + PersistentVolume.of(volume).csi().driver() + " cannot expand volumes"));
  }

  @Test
  void a_volume_that_is_not_ours_is_left_alone() {
    given(3, 1, 0, NONE);
    assertThat(
            ResizeStep.next(
                new ResizeView(
                    PersistentVolumeClaim.of(claim), new VolumeFound.NotOurs("why"), means)))
        .isEqualTo(new Nothing("why"));
  }

  @Test
  void what_follows_a_grown_volume() {
    assertThat(Grown.of(gibi(3), gibi(4), true)).isEqualTo(new Grown.HandToNode(gibi(4)));
    assertThat(Grown.of(gibi(3), gibi(3), false)).isEqualTo(new Grown.Finish(gibi(3)));
    assertThat(Grown.of(gibi(3), Bytes.ZERO, false)).isEqualTo(new Grown.Finish(gibi(3)));
    assertThat(Grown.of(gibi(3), gibi(2), true)).isEqualTo(new Grown.TooSmall(gibi(2)));
  }

  private void given(long requested, long volumeSize, long allocated, String progress) {
    claim =
        Patch.NONE
            .set(text(requested), "spec", "resources", "requests", "storage")
            .set("1Gi", "status", "capacity", "storage")
            .set("Bound", "status", "phase")
            .remove("status", "allocatedResources")
            .remove("status", "allocatedResourceStatuses")
            .remove("status", "conditions")
            .apply(claim);
    if (allocated > 0)
      claim = claim.with(Tree.of(text(allocated)), "status", "allocatedResources", "storage");
    if (!progress.isEmpty())
      claim = claim.with(Tree.of(progress), "status", "allocatedResourceStatuses", "storage");
    volume = Given.volume().with(Tree.of(text(volumeSize)), "spec", "capacity", "storage");
  }

  private void condition(String type) {
    claim =
        Patch.NONE
            .setItem("type", Tree.object("type", type, "status", "True"), "status", "conditions")
            .apply(claim);
  }

  private void marks(long target, Cause cause) {
    assertThat(next()).isEqualTo(new MarkStarted(gibi(target), cause));
  }

  private void calls(long target) {
    assertThat(next()).isEqualTo(new CallDriver(gibi(target), PersistentVolume.of(volume)));
  }

  private void waits(String why) {
    assertThat(next()).isEqualTo(new Nothing(why));
  }

  private ResizeStep next() {
    return ResizeStep.next(
        new ResizeView(
            PersistentVolumeClaim.of(claim),
            new VolumeFound.Ours(PersistentVolume.of(volume)),
            means));
  }

  private static String text(long gibi) {
    return Quantities.text(gibi(gibi));
  }

  private static Bytes gibi(long count) {
    return Bytes.gibi(count);
  }
}
