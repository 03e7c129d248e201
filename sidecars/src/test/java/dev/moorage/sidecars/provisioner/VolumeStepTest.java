package dev.moorage.sidecars.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.VolumeId;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.Given;
import dev.moorage.sidecars.provisioner.VolumeStep.Hold;
import dev.moorage.sidecars.provisioner.VolumeStep.LetGo;
import dev.moorage.sidecars.provisioner.VolumeStep.Nothing;
import dev.moorage.sidecars.provisioner.VolumeStep.Remove;
import dev.moorage.sidecars.provisioner.VolumeView.Reach;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeStepTest {
  private static final Remove REMOVE = new Remove(new VolumeId("h-1"));

  @Test
  void a_released_volume_is_removed() {
    check(phase("Released"), REMOVE);
    check(Given.deleting(phase("Released")), REMOVE);
    check(unheld(phase("Released")), REMOVE);
  }

  @Test
  void a_volume_that_a_user_wrote_for_our_driver_is_removed_too() {
    var own = Patch.NONE.unannotate("pv.kubernetes.io/provisioned-by");
    check(own.apply(phase("Released")), REMOVE);
  }

  @Test
  void a_volume_in_use_is_kept() {
    nothing(phase("Bound"), "not released");
    nothing(Given.deleting(phase("Bound")), "not released");
    nothing(phase("Available"), "not released");
    nothing(phase("Failed"), "not released");
  }

  @Test
  void a_removed_volume_is_left_to_its_other_finalizers() {
    nothing(unheld(Given.deleting(phase("Released"))), "its volume was removed");
  }

  @Test
  void an_attached_volume_waits_for_every_node() {
    assertThat(next(phase("Released"), List.of("n1", "n2"), Reach.HERE))
        .isEqualTo(new Nothing("still attached to n1, n2"));
  }

  @Test
  void a_bound_volume_is_held() {
    check(unheld(phase("Bound")), new Hold());
    nothing(unheld(phase("Pending")), "not released");
    nothing(unheld(Given.deleting(phase("Bound"))), "not released");
  }

  @Test
  void a_volume_to_be_kept_is_let_go() {
    var retained =
        phase("Released").with(Tree.of("Retain"), "spec", "persistentVolumeReclaimPolicy");
    check(retained, new LetGo("reclaim policy Retain"));
    nothing(unheld(retained), "reclaim policy Retain");
  }

  @Test
  void another_driver_s_volume_is_left_alone() {
    nothing(phase("Released").with(Tree.of("x"), "spec", "csi", "driver"), "another driver");
    nothing(
        Patch.NONE.annotate("pv.kubernetes.io/provisioned-by", "x").apply(phase("Released")),
        "another driver");
  }

  @Test
  void another_node_s_volume_is_left_alone() {
    assertThat(next(phase("Released"), List.of(), Reach.ELSEWHERE)).isInstanceOf(Nothing.class);
    assertThat(next(phase("Released"), List.of(), Reach.UNSAID)).isInstanceOf(Nothing.class);
  }

  private static Tree phase(String phase) {
    return Given.volume().with(Tree.of(phase), "status", "phase");
  }

  private static Tree unheld(Tree volume) {
    return Patch.NONE.removeFinalizer(VolumeTree.FINALIZER).apply(volume);
  }

  private static void nothing(Tree volume, String why) {
    assertThat(next(volume, List.of(), Reach.HERE))
        .isInstanceOfSatisfying(Nothing.class, step -> assertThat(step.why()).contains(why));
  }

  private static void check(Tree volume, VolumeStep expected) {
    assertThat(next(volume, List.of(), Reach.HERE)).isEqualTo(expected);
  }

  private static VolumeStep next(Tree volume, List<String> attachedTo, Reach reach) {
    return VolumeStep.next(
        new VolumeView(PersistentVolume.of(volume), attachedTo, reach, Given.DRIVER));
  }
}
