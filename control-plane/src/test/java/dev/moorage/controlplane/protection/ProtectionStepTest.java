package dev.moorage.controlplane.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.controlplane.Objects;
import org.junit.jupiter.api.Test;

class ProtectionStepTest {

  @Test
  void an_object_without_the_finalizer_gets_it_unless_it_is_being_deleted() {
    check(false, false, "", new ProtectionStep.AddFinalizer());
    check(true, false, "", new ProtectionStep.Nothing("others hold it"));
    check(false, true, "", new ProtectionStep.Nothing("is guarded"));
  }

  @Test
  void an_object_being_deleted_goes_when_nobody_uses_it() {
    check(true, true, "pod default/web", new ProtectionStep.Nothing("is used by pod default/web"));
    check(true, true, "", new ProtectionStep.RemoveFinalizer());
  }

  private static void check(
      boolean deleting, boolean guarded, String user, ProtectionStep expected) {
    var claim = deleting ? Objects.claim().deleting() : Objects.claim();
    var view = new ProtectedView(claim.view().meta(), guarded, user);
    assertThat(ProtectionStep.next(view)).isEqualTo(expected);
  }
}
