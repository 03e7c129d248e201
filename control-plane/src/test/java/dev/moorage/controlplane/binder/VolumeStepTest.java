package dev.moorage.controlplane.binder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.controlplane.Objects;
import dev.moorage.controlplane.Objects.Made;
import dev.moorage.controlplane.binder.VolumeView.ClaimFact;
import dev.moorage.kube.PersistentVolume;
import org.junit.jupiter.api.Test;

class VolumeStepTest {
  private final Made<PersistentVolume> available = Objects.volume("pv-1");
  private final Made<PersistentVolume> named =
      available.with(Objects.reference("uid-data"), "spec", "claimRef");
  private final Made<PersistentVolume> bound = named.with("Bound", "status", "phase");

  @Test
  void a_volume_nobody_is_bound_to_is_available() {
    check(available.without("status"), new ClaimFact.NotBoundYet(), mark("Available"));
    check(available, new ClaimFact.NotBoundYet(), nothing("volume waits for a claim"));
  }

  @Test
  void a_volume_whose_claim_is_gone_is_released_once() {
    check(bound, new ClaimFact.Gone(), mark("Released"));
    var released = bound.with("Released", "status", "phase");
    check(released, new ClaimFact.Gone(), nothing("volume is released; policy Delete"));
    check(
        bound.with("Failed", "status", "phase"),
        new ClaimFact.Gone(),
        nothing("volume has failed"));
  }

  @Test
  void the_claim_finishes_a_binding_that_it_has_not_seen_yet() {
    check(named, new ClaimFact.There("", false), nothing("the claim has the next move"));
    check(named, new ClaimFact.There("", true), new VolumeStep.WarnOfMode());
  }

  @Test
  void a_volume_named_by_its_claim_is_bound() {
    check(named, new ClaimFact.There("pv-1", false), mark("Bound"));
    check(bound, new ClaimFact.There("pv-1", false), nothing("volume is bound"));
  }

  @Test
  void a_volume_whose_claim_took_another_is_released_if_made_for_it_and_freed_if_not() {
    var elsewhere = new ClaimFact.There("pv-2", false);
    check(bound, elsewhere, new VolumeStep.Unbind(false));
    check(bound.annotated(Keys.BOUND_BY_CONTROLLER, "yes"), elsewhere, new VolumeStep.Unbind(true));
    check(bound.annotated(Keys.PROVISIONED_BY, Objects.DRIVER), elsewhere, mark("Released"));
  }

  private static VolumeStep mark(String phase) {
    return new VolumeStep.MarkPhase(phase);
  }

  private static VolumeStep nothing(String why) {
    return new VolumeStep.Nothing(why);
  }

  private static void check(Made<PersistentVolume> volume, ClaimFact claim, VolumeStep expected) {
    assertThat(VolumeStep.next(new VolumeView(volume.view(), claim))).isEqualTo(expected);
  }
}
