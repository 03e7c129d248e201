package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Pace;
import dev.moorage.controller.Reconciler;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.PersistentVolume;
import java.time.Duration;

/// Moves one PersistentVolume one step nearer to its end, once its claim is gone.
final class VolumeReconciler implements Reconciler {
  private final Volumes volumes;
  private final Csi driver;
  private final Duration callTimeout;
  private final Pace pace;
  private final Journal journal;

  VolumeReconciler(Volumes volumes, Csi driver, Duration callTimeout, Pace pace, Journal journal) {
    this.volumes = volumes;
    this.driver = driver;
    this.callTimeout = callTimeout;
    this.pace = pace;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var found = volumes.find(key);
    if (found.isEmpty()) {
      pace.forget(key);
      return new Outcome.Settled("the volume is gone");
    }
    var step = VolumeStep.next(found.get());
    var rest = pace.rest(key, step);
    if (rest.isPositive()) return new Outcome.Again(rest);
    journal.decided(Provisioner.ACTOR, key, step);
    return act(found.get().volume(), step);
  }

  private Outcome act(PersistentVolume volume, VolumeStep step) {
    switch (step) {
      case VolumeStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case VolumeStep.Hold() -> volumes.hold(volume);
      case VolumeStep.LetGo _ -> volumes.letGo(volume);
      case VolumeStep.Remove(var id) -> {
        return remove(volume, step, id);
      }
    }
    return Outcome.nextStep();
  }

  /// A crash after DeleteVolume repeats it: an unknown volume counts as removed.
  private Outcome remove(PersistentVolume volume, VolumeStep step, VolumeId id) {
    // The cache may not have seen an attachment that was made a moment ago.
    if (volumes.attachedNow(volume)) return new Outcome.Again(pace.failed(volume.key(), step));
    try {
      driver.call(new DeleteVolume(id, volumes.deletionSecrets(volume)), callTimeout);
    } catch (CsiException failed) {
      volumes.warn(volume, "VolumeFailedDelete", failed.code() + ": " + failed.getMessage());
      return new Outcome.Again(pace.failed(volume.key(), step));
    }
    volumes.remove(volume);
    pace.forget(volume.key());
    return Outcome.nextStep();
  }
}
