package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Bytes;
import dev.moorage.base.Step;
import dev.moorage.csi.Contexts;
import dev.moorage.csi.Volume;
import dev.moorage.kube.StorageClass;
import dev.moorage.sidecars.provisioner.ClaimView.ClassFound;
import dev.moorage.sidecars.provisioner.ClaimView.Noted;
import dev.moorage.sidecars.provisioner.Preparation.Asked;
import java.util.Optional;

/// What the provisioner does next for one claim. Exactly one step per reconcile.
sealed interface ClaimStep extends Step {

  /// There is nothing to do until something changes.
  record Nothing(String why) implements ClaimStep {}

  /// It cannot be done as it is asked; the claim's owner is told.
  record Refuse(String why) implements ClaimStep {}

  /// The selected node cannot be used; its choice is taken back, so that placement chooses again.
  record GiveUpNode(String node, String why) implements ClaimStep {}

  /// Writes on the claim what will be asked of the driver, before it is asked.
  record WriteIntent(Intent intent) implements ClaimStep {
    @Override
    public String why() {
      var node = intent.origin().node();
      return intent.shape().size() + (node.isEmpty() ? "" : " for node " + node);
    }
  }

  /// Asks the driver, and records the volume that it answers.
  record Create(Intent intent) implements ClaimStep {
    @Override
    public String why() {
      return intent.shape().size().toString();
    }
  }

  /// Finds out what became of a call whose volume nobody wants any more, and removes the volume.
  record Undo(Intent intent) implements ClaimStep {
    @Override
    public String why() {
      return "nobody waits for the volume any more";
    }
  }

  /// Takes the intent off the claim.
  record DropIntent(String why) implements ClaimStep {}

  /// Decides.
  static ClaimStep next(ClaimView view) {
    if (view.recorded())
      return view.noted() instanceof Noted.Nothing
          ? new Nothing("its PersistentVolume exists, the binder has the next move")
          : new DropIntent("its PersistentVolume exists");
    return switch (view.noted()) {
      case Noted.Begun(var intent) -> begun(view, intent);
      case Noted.Damaged() ->
          view.asksForUs() ? prepared(view) : new Nothing("asks another provisioner");
      case Noted.Nothing() -> fresh(view);
    };
  }

  /// Class, claim and nodes may be anything by now: the intent alone counts.
  private static ClaimStep begun(ClaimView view, Intent intent) {
    var origin = intent.origin();
    if (!origin.driver().equals(view.serving().driver().name()))
      return new Nothing("the provisioner of " + origin.driver() + " works on it");
    if (!view.serving().covers(origin.node()))
      return new Nothing("the provisioner of node " + origin.node() + " works on it");
    return view.unwanted() ? new Undo(intent) : new Create(intent);
  }

  private static ClaimStep fresh(ClaimView view) {
    if (view.claim().meta().deleting()) return new Nothing("it is being deleted");
    if (!view.claim().volumeName().isEmpty()) return new Nothing("it has a volume");
    if (!view.asksForUs()) return new Nothing("it asks for no volume of this driver");
    return prepared(view);
  }

  private static ClaimStep prepared(ClaimView view) {
    return switch (view.storageClass()) {
      case ClassFound.Missing() ->
          new Refuse("StorageClass \"" + view.claim().className() + "\" does not exist");
      case ClassFound.Existing(var found) -> prepared(view, found);
    };
  }

  private static ClaimStep prepared(ClaimView view, StorageClass found) {
    if (!found.provisioner().equals(view.serving().driver().name()))
      return new Nothing("its class belongs to provisioner " + found.provisioner());
    var node = ClaimView.selectedNode(view.claim());
    if (node.isEmpty() && found.waitsForConsumer())
      return new Nothing("waits for a node to be selected");
    if (node.isEmpty() && view.serving().onOneNode())
      return new Nothing(
          "its class binds at once, but this driver's volumes live on one node; use"
              + " volumeBindingMode WaitForFirstConsumer");
    if (!view.serving().covers(node))
      return new Nothing("the provisioner of node " + node + " has the next move");
    return switch (Preparation.of(
        new Asked(view.claim(), found, node), view.serving(), view.places())) {
      case Preparation.Refused(var why) -> new Refuse(why);
      case Preparation.NoSuchNode(var why) -> new GiveUpNode(node, why);
      case Preparation.Ready(var intent) -> new WriteIntent(intent);
    };
  }

  /// What to do with the volume that a driver has answered.
  sealed interface Answered extends Step {
    /// It is what was asked: the PersistentVolume is written.
    record RecordVolume(Volume volume) implements Answered {
      @Override
      public String why() {
        return "the driver made " + volume.capacity();
      }
    }

    /// It is not: the volume is removed.
    record DiscardVolume(Volume volume, String why) implements Answered {}

    /// It tells of no volume that could be ours. Nothing is removed; there may be one all the same,
    /// so the claim keeps its intent until the driver tells.
    record Unusable(String why) implements Answered {}

    /// Decides. A driver that does not know the size has made what was asked.
    ///
    /// @param holder the PersistentVolume that has the volume already
    static Answered of(Intent intent, Volume volume, Optional<String> holder) {
      var answered = "driver " + intent.origin().driver() + ", CreateVolume: it answered ";
      if (volume.id().text().isEmpty())
        return new Unusable(answered + "a volume without an id; it is asked again slowly");
      if (holder.isPresent())
        return new Unusable(
            answered
                + "volume "
                + volume.id()
                + ", which PersistentVolume "
                + holder.get()
                + " has already; it is asked again slowly");
      return ofOurs(intent, volume, answered);
    }

    private static Answered ofOurs(Intent intent, Volume volume, String answered) {
      if (!Contexts.fits(volume.context()))
        return new DiscardVolume(
            volume,
            answered
                + "a volume context of more than "
                + Contexts.MOST_CHARS
                + " characters, which no PersistentVolume can hold; the volume is removed, and"
                + " asked for again slowly");
      var asked = intent.shape().size();
      if (volume.capacity().isZero()) return new RecordVolume(withCapacity(volume, asked));
      if (volume.capacity().isBelow(asked))
        return new DiscardVolume(
            volume,
            answered
                + "a volume of "
                + volume.capacity()
                + " where "
                + asked
                + " were asked; the volume is removed, and asked for again slowly");
      return new RecordVolume(volume);
    }

    private static Volume withCapacity(Volume volume, Bytes capacity) {
      return new Volume(
          volume.id(), capacity, volume.context(), volume.source(), volume.accessible());
    }
  }
}
