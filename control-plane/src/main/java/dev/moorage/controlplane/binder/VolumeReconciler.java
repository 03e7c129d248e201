package dev.moorage.controlplane.binder;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import dev.moorage.kube.PersistentVolume;

/// Keeps one volume's phase and claim reference true.
final class VolumeReconciler implements Reconciler {
  private final Volumes volumes;
  private final Journal journal;

  VolumeReconciler(Volumes volumes, Journal journal) {
    this.volumes = volumes;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var found = volumes.find(key);
    if (found.isEmpty()) return new Outcome.Settled("volume is gone");
    var step = VolumeStep.next(found.get());
    journal.decided(Binder.ACTOR, key, step);
    return act(found.get().volume(), step);
  }

  private Outcome act(PersistentVolume volume, VolumeStep step) {
    switch (step) {
      case VolumeStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case VolumeStep.WarnOfMode() -> {
        volumes.warnOfMode(volume);
        return new Outcome.Settled("volume and claim are of different modes");
      }
      case VolumeStep.MarkPhase(var phase) -> volumes.markPhase(volume, phase);
      case VolumeStep.Unbind(var whole) -> volumes.unbind(volume, whole);
    }
    return Outcome.nextStep();
  }
}
