package dev.moorage.sidecars.attacher;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import java.time.Duration;

/// Lets a volume go that is being deleted and has no attachment left.
final class HeldVolumeReconciler implements Reconciler {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final HeldVolumes volumes;
  private final Journal journal;

  HeldVolumeReconciler(HeldVolumes volumes, Journal journal) {
    this.volumes = volumes;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var found = volumes.find(key);
    if (found.isEmpty()) return new Outcome.Settled("the volume is gone");
    var step = HeldVolumeStep.next(volumes.view(found.get()));
    journal.decided(Attacher.ACTOR, key, step);
    return switch (step) {
      case HeldVolumeStep.Nothing(var why) -> new Outcome.Settled(why);
      case HeldVolumeStep.LetGo _ -> {
        // Another node's attacher may have an attachment that this cache has not seen.
        if (volumes.attachedNow(found.get())) yield new Outcome.Again(LOOK_AGAIN);
        volumes.letGo(found.get());
        yield Outcome.nextStep();
      }
    };
  }
}
