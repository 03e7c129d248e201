package dev.moorage.kube;

/// A write was sent and its answer was lost: it may have happened. The caller reads before it does
/// anything else.
public final class OutcomeUnknown extends KubeException {
  /// @param message what was written, on which key, and how the answer was lost
  public OutcomeUnknown(String message) {
    super(Reason.Timeout, message);
  }
}
