package dev.moorage.sidecars.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.Topology;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.provisioner.CapacityStep.Correction;
import dev.moorage.sidecars.provisioner.CapacityStep.TellCapacity;
import dev.moorage.sidecars.provisioner.CapacityView.Amount;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CapacityStepTest {
  private static final Amount ON_A = amount("a", 5);
  private static final Amount ON_B = amount("b", 7);

  @Test
  void what_is_true_stays() {
    assertThat(next(List.of(ON_A, ON_B), published("x", "b", 7), published("y", "a", 5)))
        .isInstanceOf(CapacityStep.Nothing.class);
    assertThat(next(List.of())).isInstanceOf(CapacityStep.Nothing.class);
  }

  @Test
  void a_new_place_is_published() {
    assertThat(next(List.of(ON_A, ON_B), published("x", "b", 7)))
        .isEqualTo(new TellCapacity(List.of(ON_A), List.of(), List.of()));
  }

  @Test
  void a_changed_amount_is_corrected() {
    var old = published("x", "a", 6);
    assertThat(next(List.of(ON_A), old))
        .isEqualTo(new TellCapacity(List.of(), List.of(new Correction(old, ON_A)), List.of()));
  }

  @Test
  void a_changed_maximum_is_corrected() {
    var limited = new Amount(ON_A.place(), ON_A.available(), Bytes.gibi(1));
    assertThat(next(List.of(limited), published("x", "a", 5))).isInstanceOf(TellCapacity.class);
  }

  @Test
  void a_place_that_is_gone_and_a_second_object_for_one_place_are_removed() {
    var gone = published("z", "c", 1);
    var second = published("y", "a", 5);
    assertThat(next(List.of(ON_A), published("x", "a", 5), second, gone))
        .isEqualTo(new TellCapacity(List.of(), List.of(), List.of(second, gone)));
  }

  @Test
  void a_correction_sets_or_removes_the_maximum() {
    var object = Tree.object("capacity", "1Gi", "maximumVolumeSize", "1Gi");
    var limited = new Amount(ON_A.place(), Bytes.gibi(5), Bytes.gibi(2));
    assertThat(KubeCapacities.correction(ON_A).apply(object))
        .isEqualTo(Tree.object("capacity", "5Gi"));
    assertThat(KubeCapacities.correction(limited).apply(object))
        .isEqualTo(Tree.object("capacity", "5Gi", "maximumVolumeSize", "2Gi"));
  }

  @Test
  void long_node_names_shorten_the_label() {
    assertThat(CapacityLabels.of("d", "").managedBy()).isEqualTo("external-provisioner");
    assertThat(CapacityLabels.of("d", "n1").managedBy()).isEqualTo("external-provisioner-n1");
    for (int length : new int[] {41, 42, 43, 52, 53, 54, 200})
      assertThat(CapacityLabels.of("d", "n".repeat(length)).managedBy())
          .hasSizeLessThanOrEqualTo(63);
    assertThat(CapacityLabels.of("d", "n".repeat(200)).managedBy())
        .isNotEqualTo(CapacityLabels.of("d", "n".repeat(201)).managedBy());
  }

  private static CapacityStep next(List<Amount> wanted, StorageCapacity... published) {
    return CapacityStep.next(new CapacityView(wanted, List.of(published)));
  }

  private static Amount amount(String zone, long gibi) {
    return new Amount(new Topology(Map.of("zone", zone)), Bytes.gibi(gibi), Bytes.ZERO);
  }

  private static StorageCapacity published(String name, String zone, long gibi) {
    return StorageCapacity.of(
        Tree.object(
            "metadata",
            Tree.object("name", name, "namespace", "kube-system"),
            "storageClassName",
            "fast",
            "nodeTopology",
            Tree.object("matchLabels", Tree.object("zone", zone)),
            "capacity",
            Quantities.text(Bytes.gibi(gibi))));
  }
}
