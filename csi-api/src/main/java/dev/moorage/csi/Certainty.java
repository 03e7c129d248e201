package dev.moorage.csi;

import dev.moorage.csi.CsiException.Code;

/// Whether the work behind a failed call may still be going on. Retry policy reads this; everything
/// else reads the code.
public enum Certainty {
  /// The driver is certainly not working on it: arguments may change, the object may be dropped.
  NOT_RUNNING,
  /// It may still be running: repeat the same call with the same arguments until a final answer
  /// comes.
  MAYBE_RUNNING,
  /// It is not running, and the same call will not succeed: retry slowly.
  HOPELESS;

  /// The certainty of a failure, from the call and the code.
  ///
  /// Source: the official sidecars' classification per call; NOT_FOUND is hopeless for an expansion
  /// only, RESOURCE_EXHAUSTED ends a CreateVolume and nothing else.
  public static Certainty of(CsiCall<?> call, Code code) {
    return switch (code) {
      case CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE, ABORTED -> MAYBE_RUNNING;
      case RESOURCE_EXHAUSTED -> call instanceof CreateVolume ? NOT_RUNNING : MAYBE_RUNNING;
      case INVALID_ARGUMENT ->
          switch (call) {
            case CreateVolume _, ControllerExpandVolume _, NodeExpandVolume _ -> HOPELESS;
            default -> NOT_RUNNING;
          };
      case OUT_OF_RANGE, NOT_FOUND ->
          switch (call) {
            case ControllerExpandVolume _, NodeExpandVolume _ -> HOPELESS;
            default -> NOT_RUNNING;
          };
      case FAILED_PRECONDITION -> call instanceof NodeExpandVolume ? HOPELESS : NOT_RUNNING;
      case UNKNOWN,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          NOT_RUNNING;
    };
  }
}
