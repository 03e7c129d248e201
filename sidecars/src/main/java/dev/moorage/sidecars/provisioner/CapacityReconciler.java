package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import dev.moorage.csi.Csi;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.Topology;
import dev.moorage.sidecars.provisioner.Capacities.Question;
import dev.moorage.sidecars.provisioner.CapacityView.Amount;
import java.time.Duration;
import java.util.List;

/// Keeps what is published of one class's capacity true. Keys are class names.
final class CapacityReconciler implements Reconciler {
  private final Capacities capacities;
  private final Csi driver;
  private final Duration callTimeout;
  private final Journal journal;

  CapacityReconciler(Capacities capacities, Csi driver, Duration callTimeout, Journal journal) {
    this.capacities = capacities;
    this.driver = driver;
    this.callTimeout = callTimeout;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var question = capacities.question(key.name());
    var amounts = question.places().stream().map(place -> ask(question, place)).toList();
    var step = CapacityStep.next(new CapacityView(amounts, capacities.published(key.name())));
    journal.decided(Provisioner.ACTOR, key, step);
    return switch (step) {
      case CapacityStep.Nothing(var why) -> new Outcome.Settled(why);
      case CapacityStep.TellCapacity told -> {
        told.made().forEach(amount -> capacities.create(key.name(), amount));
        told.corrected().forEach(it -> capacities.correct(it.object(), it.amount()));
        told.removed().forEach(capacities::remove);
        yield new Outcome.Settled("capacity is told");
      }
    };
  }

  private Amount ask(Question question, Topology place) {
    var answer = driver.call(new GetCapacity(List.of(), question.parameters(), place), callTimeout);
    return new Amount(place, answer.available(), answer.maximum());
  }
}
