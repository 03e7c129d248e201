package dev.moorage.controlplane.protection;

import dev.moorage.base.Step;

/// What protection does next for one claim or volume.
sealed interface ProtectionStep extends Step {
  /// Nothing to do.
  record Nothing(String why) implements ProtectionStep {}

  /// Guards an object that came without the finalizer.
  record AddFinalizer() implements ProtectionStep {}

  /// Lets an object go that nobody uses.
  record RemoveFinalizer() implements ProtectionStep {}

  /// Decides.
  static ProtectionStep next(ProtectedView view) {
    boolean deleting = view.meta().deleting();
    if (!deleting) return view.guarded() ? new Nothing("is guarded") : new AddFinalizer();
    if (!view.guarded()) return new Nothing("others hold it");
    return view.user().isEmpty() ? new RemoveFinalizer() : new Nothing("is used by " + view.user());
  }
}
