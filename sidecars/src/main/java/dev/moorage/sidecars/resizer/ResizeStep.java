package dev.moorage.sidecars.resizer;

import dev.moorage.base.Bytes;
import dev.moorage.base.Step;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.sidecars.resizer.ResizeView.Means;
import dev.moorage.sidecars.resizer.ResizeView.Progress;
import dev.moorage.sidecars.resizer.ResizeView.VolumeFound;

/// What the resizer does next for one claim. Exactly one step per reconcile.
///
/// Source: external-resizer with RecoverVolumeExpansionFailure, `expandAndRecover`. One rule is
/// stricter here: the driver is called only while the claim says "in progress" for exactly that
/// size and no final failure, so that the claim alone tells whether a call may be running.
sealed interface ResizeStep extends Step {

  /// There is nothing to do until something changes.
  record Nothing(String why) implements ResizeStep {}

  /// The claim has what it asks for.
  record Enough() implements ResizeStep {
    @Override
    public String why() {
      return "the granted size suffices";
    }
  }

  /// The driver cannot do it; the claim's owner is told.
  record CannotGrow(String why) implements ResizeStep {}

  /// The node has finished: the note of the size before is taken off the volume.
  record ForgetFormerSize(PersistentVolume volume) implements ResizeStep {
    @Override
    public String why() {
      return "the claim has the volume's size";
    }
  }

  /// Says on the claim what will be asked of the driver, before it is asked.
  record MarkStarted(Bytes target, Cause cause) implements ResizeStep {
    @Override
    public String why() {
      return "to " + target + ": " + cause.words();
    }
  }

  /// Asks the driver, then hands on to the node or finishes.
  record CallDriver(Bytes target, PersistentVolume volume) implements ResizeStep {
    @Override
    public String why() {
      return "to " + target;
    }
  }

  /// Why a resize is begun.
  enum Cause {
    /// Nothing of this size was tried yet.
    WISH("the claim asks for more"),
    /// The last call for this size failed for good.
    AGAIN("the driver refused it before"),
    /// The node could not do its part.
    NODE_REFUSED("the node refused it before");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// Decides.
  static ResizeStep next(ResizeView view) {
    return switch (view.volume()) {
      case VolumeFound.NotOurs(var why) -> new Nothing(why);
      case VolumeFound.Ours(var volume) -> next(view, volume);
    };
  }

  private static ResizeStep next(ResizeView view, PersistentVolume volume) {
    boolean finished = !view.granted().isBelow(volume.capacity());
    if (finished && !volume.meta().annotation(ResizeView.PRE_RESIZE).isEmpty())
      return new ForgetFormerSize(volume);
    if (!view.claim().bound()) return new Nothing("it is not bound");
    if (!view.granted().isBelow(view.requested())) return new Enough();
    if (view.claim().meta().deleting()) return new Nothing("it is being deleted");
    if (view.means() == Means.NONE)
      return new CannotGrow("driver " + volume.csi().driver() + " cannot expand volumes");
    return switch (Target.of(view, volume.capacity())) {
      case Target.Wait(var why) -> new Nothing(why);
      case Target.Size(var target) -> towards(view, volume, target);
    };
  }

  private static ResizeStep towards(ResizeView view, PersistentVolume volume, Bytes target) {
    boolean tried = view.claim().allocated().equals(target);
    if (!tried) return new MarkStarted(target, Cause.WISH);
    return switch (view.progress()) {
      case CONTROLLER_IN_PROGRESS ->
          view.failedFinally()
              ? new MarkStarted(target, Cause.AGAIN)
              : new CallDriver(target, volume);
      case CONTROLLER_INFEASIBLE -> new MarkStarted(target, Cause.AGAIN);
      case NODE_INFEASIBLE -> new MarkStarted(target, Cause.NODE_REFUSED);
      case NONE, NODE_PENDING, NODE_IN_PROGRESS, UNKNOWN -> new MarkStarted(target, Cause.WISH);
    };
  }

  /// The size to work towards: not always the wish, for a call may be running for another one.
  sealed interface Target {
    /// This size.
    record Size(Bytes size) implements Target {}

    /// None for now.
    record Wait(String why) implements Target {}

    Target WAIT_FOR_NODE = new Wait("the node has the next move");

    /// Chooses.
    static Target of(ResizeView view, Bytes volumeSize) {
      if (view.progress() == Progress.UNKNOWN)
        return new Wait("unknown progress " + view.claim().allocatedStatus());
      return volumeSize.isBelow(view.requested())
          ? volumeTooSmall(view, volumeSize)
          : volumeLargeEnough(view);
    }

    private static Target volumeTooSmall(ResizeView view, Bytes volumeSize) {
      return switch (view.progress()) {
        case NODE_INFEASIBLE -> new Size(view.promised());
        case NODE_PENDING, NODE_IN_PROGRESS ->
            volumeSize.isBelow(view.promised()) ? new Size(view.promised()) : WAIT_FOR_NODE;
        case CONTROLLER_IN_PROGRESS ->
            new Size(view.failedFinally() ? view.requested() : view.promised());
        case NONE, CONTROLLER_INFEASIBLE, UNKNOWN -> new Size(view.requested());
      };
    }

    private static Target volumeLargeEnough(ResizeView view) {
      return switch (view.progress()) {
        case NODE_PENDING, NODE_IN_PROGRESS -> WAIT_FOR_NODE;
        case NODE_INFEASIBLE ->
            new Size(view.means() == Means.CONTROLLER ? view.promised() : view.requested());
        case CONTROLLER_IN_PROGRESS, CONTROLLER_INFEASIBLE -> new Size(view.promised());
        case NONE, UNKNOWN ->
            view.claim().allocated().isZero() && view.nodeWasAsked()
                ? WAIT_FOR_NODE
                : new Size(view.promised());
      };
    }
  }

  /// What to do after the driver has grown a volume.
  sealed interface Grown extends Step {
    /// The node has to follow.
    record HandToNode(Bytes size) implements Grown {
      @Override
      public String why() {
        return "the volume has " + size;
      }
    }

    /// Nothing is left to do.
    record Finish(Bytes size) implements Grown {
      @Override
      public String why() {
        return "the volume has " + size;
      }
    }

    /// The answer is too small to be one.
    record TooSmall(Bytes size) implements Grown {
      @Override
      public String why() {
        return "the driver answered " + size;
      }
    }

    /// Decides. A driver that does not say the size has made what was asked.
    static Grown of(Bytes target, Bytes answered, boolean nodeMustFollow) {
      var size = answered.isZero() ? target : answered;
      if (size.isBelow(target)) return new TooSmall(size);
      return nodeMustFollow ? new HandToNode(size) : new Finish(size);
    }
  }
}
