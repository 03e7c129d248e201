package dev.moorage.controlplane.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.controlplane.Objects;
import dev.moorage.controlplane.Objects.Made;
import dev.moorage.controlplane.binder.ClaimView.ClassFact;
import dev.moorage.controlplane.binder.ClaimView.VolumeFact;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimStepTest {
  private static final ClassFact WAITS = new ClassFact.Known(Objects.storageClass(true).view());
  private static final ClassFact AT_ONCE = new ClassFact.Known(Objects.storageClass(false).view());
  private static final ClassFact NO_CLASS = new ClassFact.None();

  private final Made<PersistentVolumeClaim> claim = Objects.claim();
  private final Made<PersistentVolume> free = Objects.volume("pv-1");
  private final Made<PersistentVolume> ours =
      free.with(Objects.reference("uid-data"), "spec", "claimRef");
  private final Made<PersistentVolume> oursBound = ours.with("Bound", "status", "phase");
  private final Made<PersistentVolumeClaim> naming =
      claim.with("pv-1", "spec", "volumeName").annotated(Keys.BIND_COMPLETED, "yes");

  @Test
  void a_claim_whose_class_waits_gets_a_remark_until_a_node_is_selected() {
    assertThat(unbound(claim, WAITS).what()).isEqualTo("WaitForFirstConsumer");
    var selected = claim.annotated(Keys.SELECTED_NODE, "node-a");
    assertThat(unbound(selected, WAITS)).isEqualTo(new ClaimStep.AskProvisioner(Objects.DRIVER));
  }

  @Test
  void the_provisioner_is_asked_once_under_both_keys() {
    assertThat(unbound(claim, AT_ONCE)).isEqualTo(new ClaimStep.AskProvisioner(Objects.DRIVER));
    var half = claim.annotated(Keys.PROVISIONER, Objects.DRIVER);
    assertThat(unbound(half, AT_ONCE)).isEqualTo(new ClaimStep.AskProvisioner(Objects.DRIVER));
    var asked = half.annotated(Keys.PROVISIONER_BETA, Objects.DRIVER);
    assertThat(unbound(asked, AT_ONCE).what()).isEqualTo("ExternalProvisioning");
  }

  @Test
  void an_unknown_class_is_named_in_a_warning() {
    assertThat(unbound(claim, new ClassFact.Unknown("x")))
        .isEqualTo(
            new ClaimStep.Remark(
                true, "ProvisioningFailed", "storageclass.storage.k8s.io \"x\" not found"));
  }

  @Test
  void a_claim_without_a_class_takes_the_default_one_unless_it_refuses_on_purpose() {
    var unset = claim.without("spec", "storageClassName");
    assertThat(next(unset, NO_CLASS, "standard", new VolumeFact.None(), List.of()))
        .isEqualTo(new ClaimStep.UseDefaultClass("standard"));
    var refused = claim.with("", "spec", "storageClassName");
    assertThat(next(refused, NO_CLASS, "standard", new VolumeFact.None(), List.of()).what())
        .isEqualTo("FailedBinding");
  }

  @Test
  void the_phase_is_written_before_a_remark() {
    assertThat(unbound(claim.without("status"), WAITS)).isEqualTo(new ClaimStep.MarkPending());
  }

  @Test
  void a_claim_without_a_volume_that_is_being_deleted_gets_none() {
    assertThat(unbound(claim.deleting(), AT_ONCE)).isInstanceOf(ClaimStep.Nothing.class);
  }

  @Test
  void binding_is_four_writes_and_goes_on_after_each() {
    assertThat(matching(claim, free)).isEqualTo(new ClaimStep.NameClaimOnVolume(free.view(), true));
    assertThat(matching(claim, ours)).isEqualTo(new ClaimStep.MarkVolumeBound(ours.view()));
    assertThat(matching(claim, oursBound))
        .isEqualTo(new ClaimStep.NameVolumeOnClaim(oursBound.view(), true));
    assertThat(named(naming, oursBound)).isEqualTo(new ClaimStep.MarkClaimBound(oursBound.view()));
    assertThat(named(naming.with("Bound", "status", "phase"), oursBound))
        .isEqualTo(new ClaimStep.Nothing("claim is bound"));
  }

  @Test
  void a_volume_that_its_user_made_for_the_claim_gets_the_uid_and_stays_the_users() {
    var made = free.with(Objects.reference(""), "spec", "claimRef");
    assertThat(matching(claim, made))
        .isEqualTo(new ClaimStep.NameClaimOnVolume(made.view(), false));
  }

  @Test
  void a_claim_that_waits_takes_only_a_volume_made_for_it() {
    assertThat(next(claim, WAITS, "", new VolumeFact.None(), List.of(free.view())).what())
        .isEqualTo("WaitForFirstConsumer");
    assertThat(next(claim, WAITS, "", new VolumeFact.None(), List.of(ours.view())))
        .isInstanceOf(ClaimStep.MarkVolumeBound.class);
  }

  @Test
  void a_claim_that_names_a_volume_binds_it_only_if_it_fits() {
    var wishing = claim.with("pv-1", "spec", "volumeName");
    assertThat(named(wishing, free)).isInstanceOf(ClaimStep.NameClaimOnVolume.class);
    var small = free.with("1Mi", "spec", "capacity", "storage");
    assertThat(named(wishing, small))
        .isEqualTo(
            new ClaimStep.Remark(
                true,
                "VolumeMismatch",
                "Cannot bind to requested volume \"pv-1\": requested PV is too small"));
    var taken = free.with(Objects.reference("another"), "spec", "claimRef");
    assertThat(named(wishing, taken).what()).isEqualTo("FailedBinding");
    assertThat(named(wishing, ours)).isInstanceOf(ClaimStep.MarkVolumeBound.class);
  }

  @Test
  void a_bound_claim_that_loses_its_volume_is_lost_for_good() {
    assertThat(next(naming, AT_ONCE, "", new VolumeFact.Missing("pv-1"), List.of()).why())
        .isEqualTo("ClaimLost");
    var other = free.with(Objects.reference("another"), "spec", "claimRef");
    assertThat(named(naming, other).why()).isEqualTo("ClaimMisbound");
    assertThat(named(naming.with("Lost", "status", "phase"), oursBound))
        .isInstanceOf(ClaimStep.Nothing.class);
  }

  @Test
  void the_smallest_volume_that_fits_is_taken() {
    var large = Objects.volume("a-large").with("9Gi", "spec", "capacity", "storage");
    var fitting = Objects.volume("b-fitting").with("2Gi", "spec", "capacity", "storage");
    var small = Objects.volume("c-small").with("1Mi", "spec", "capacity", "storage");
    var many =
        Objects.volume("d-many")
            .with(Tree.texts(List.of("ReadWriteOnce", "ReadWriteMany")), "spec", "accessModes");
    var released = Objects.volume("e-released").with("Released", "status", "phase");
    var other = Objects.volume("f-other").with("slow", "spec", "storageClassName");
    var block = Objects.volume("g-block").with("Block", "spec", "volumeMode");
    assertThat(matching(claim, List.of(large, fitting, small, many, released, other, block)))
        .isEqualTo(new ClaimStep.NameClaimOnVolume(fitting.view(), true));
  }

  @Test
  void a_selector_chooses_by_labels() {
    var red = Objects.volume("red").with("red", "metadata", "labels", "colour");
    var selector = Selector.of(Tree.object("matchLabels", Tree.object("colour", "red")));
    var volumes = List.of(free.view(), red.view());
    assertThat(Matching.best(claim.view(), selector, false, volumes)).contains(red.view());
  }

  private static ClaimStep unbound(Made<PersistentVolumeClaim> claim, ClassFact storageClass) {
    return next(claim, storageClass, "", new VolumeFact.None(), List.of());
  }

  private static ClaimStep named(Made<PersistentVolumeClaim> claim, Made<PersistentVolume> volume) {
    return next(claim, AT_ONCE, "", new VolumeFact.There(volume.view()), List.of());
  }

  private static ClaimStep matching(
      Made<PersistentVolumeClaim> claim, Made<PersistentVolume> volume) {
    return matching(claim, List.of(volume));
  }

  private static ClaimStep matching(
      Made<PersistentVolumeClaim> claim, List<Made<PersistentVolume>> volumes) {
    var views = volumes.stream().map(Made::view).toList();
    return next(claim, AT_ONCE, "", new VolumeFact.None(), views);
  }

  private static ClaimStep next(
      Made<PersistentVolumeClaim> claim,
      ClassFact storageClass,
      String defaultClass,
      VolumeFact named,
      List<PersistentVolume> volumes) {
    return ClaimStep.next(
        new ClaimView(claim.view(), storageClass, defaultClass, named, Selector.ANY, volumes));
  }
}
