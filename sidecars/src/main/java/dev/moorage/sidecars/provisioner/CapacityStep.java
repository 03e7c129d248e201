package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Step;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.sidecars.provisioner.CapacityView.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the provisioner publishes next of one class's capacity.
sealed interface CapacityStep extends Step {

  /// What is published is true.
  record Nothing(String why) implements CapacityStep {}

  /// Objects are made, corrected and removed.
  record TellCapacity(List<Amount> made, List<Correction> corrected, List<StorageCapacity> removed)
      implements CapacityStep {
    @Override
    public String why() {
      return made.size() + " new, " + corrected.size() + " changed, " + removed.size() + " gone";
    }
  }

  /// An object and what it should say.
  record Correction(StorageCapacity object, Amount amount) {}

  /// Decides. Of two objects for one place the first by name stays.
  static CapacityStep next(CapacityView view) {
    var made = new ArrayList<Amount>();
    var corrected = new ArrayList<Correction>();
    var removed = new ArrayList<>(view.published());
    for (Amount amount : view.wanted()) {
      var object = of(amount, view.published());
      object.ifPresent(removed::remove);
      if (object.isEmpty()) made.add(amount);
      else if (!amount.isSaidBy(object.get())) corrected.add(new Correction(object.get(), amount));
    }
    if (made.isEmpty() && corrected.isEmpty() && removed.isEmpty())
      return new Nothing(view.wanted().isEmpty() ? "nothing to publish" : "published already");
    return new TellCapacity(List.copyOf(made), List.copyOf(corrected), List.copyOf(removed));
  }

  private static Optional<StorageCapacity> of(Amount amount, List<StorageCapacity> published) {
    return published.stream()
        .filter(StorageCapacity::hasTopology)
        .filter(object -> object.topology().equals(amount.place().segments()))
        .findFirst();
  }
}
