package dev.moorage.sidecars.resizer;

import dev.moorage.base.Bytes;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;

/// The facts of one claim, as far as its size goes.
record ResizeView(PersistentVolumeClaim claim, VolumeFound volume, Means means) {
  static final String PRE_RESIZE = "volume.alpha.kubernetes.io/pre-resize-capacity";

  /// The claim's PersistentVolume.
  sealed interface VolumeFound {
    /// It is ours to resize.
    record Ours(PersistentVolume volume) implements VolumeFound {}

    /// There is none, or it is not ours.
    record NotOurs(String why) implements VolumeFound {}
  }

  /// How the driver resizes.
  enum Means {
    /// By ControllerExpandVolume, then perhaps on the node.
    CONTROLLER,
    /// On the node alone.
    NODE,
    /// Not at all.
    NONE
  }

  /// How far a resize has come: `status.allocatedResourceStatuses.storage`.
  enum Progress {
    NONE(""),
    CONTROLLER_IN_PROGRESS("ControllerResizeInProgress"),
    CONTROLLER_INFEASIBLE("ControllerResizeInfeasible"),
    NODE_PENDING("NodeResizePending"),
    NODE_IN_PROGRESS("NodeResizeInProgress"),
    NODE_INFEASIBLE("NodeResizeInfeasible"),
    /// Something that this version does not know.
    UNKNOWN("?");

    private final String text;

    Progress(String text) {
      this.text = text;
    }

    /// The text in the status.
    String text() {
      return text;
    }

    static Progress of(String text) {
      for (Progress progress : values()) if (progress.text.equals(text)) return progress;
      return UNKNOWN;
    }
  }

  Progress progress() {
    return Progress.of(claim.allocatedStatus());
  }

  Bytes requested() {
    return claim.requested();
  }

  Bytes granted() {
    return claim.capacity();
  }

  /// What was promised last; what is requested where nothing was promised yet.
  Bytes promised() {
    return claim.allocated().isZero() ? requested() : claim.allocated();
  }

  /// Whether the last call certainly ended in a failure. The condition is written for final answers
  /// only, and taken off before the next call: so this survives a restart.
  boolean failedFinally() {
    return claim.conditions().contains(Condition.CONTROLLER_ERROR);
  }

  boolean nodeWasAsked() {
    return claim.conditions().contains(Condition.NODE_PENDING);
  }

  /// The condition types of a resize.
  static final class Condition {
    static final String RESIZING = "Resizing";
    static final String NODE_PENDING = "FileSystemResizePending";
    static final String CONTROLLER_ERROR = "ControllerResizeError";
    static final String NODE_ERROR = "NodeResizeError";

    private Condition() {}
  }
}
