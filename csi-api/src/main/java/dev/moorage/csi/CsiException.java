package dev.moorage.csi;

import dev.moorage.base.GivenUp;
import dev.moorage.base.Stopped;

/// A refusal or failure of a CSI call: the specification's code, and what was tried, on what, and
/// what was seen.
///
/// One class for all causes: a foreign driver may answer any code to any call. Messages hold no
/// secrets.
public final class CsiException extends RuntimeException {

  /// gRPC status codes with their numbers (OK apart).
  public enum Code {
    CANCELLED(1),
    UNKNOWN(2),
    INVALID_ARGUMENT(3),
    DEADLINE_EXCEEDED(4),
    NOT_FOUND(5),
    ALREADY_EXISTS(6),
    PERMISSION_DENIED(7),
    RESOURCE_EXHAUSTED(8),
    FAILED_PRECONDITION(9),
    ABORTED(10),
    OUT_OF_RANGE(11),
    UNIMPLEMENTED(12),
    INTERNAL(13),
    UNAVAILABLE(14),
    DATA_LOSS(15),
    UNAUTHENTICATED(16);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    /// The number on the wire.
    public int number() {
      return number;
    }
  }

  private final Code code;

  /// @param message what was tried, on which volume, what was seen, what to do next
  public CsiException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /// With the failure that led to it.
  public CsiException(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// What the caller of a driver is told when the driver's own code fails: a refusal as it is, work
  /// that was stopped or given up as a failure after which it may go on, anything else as the bug
  /// that it is.
  public static CsiException of(CsiCall<?> call, RuntimeException failure) {
    return switch (failure) {
      case CsiException refusal -> refusal;
      case Stopped _ -> of(Code.UNAVAILABLE, call, failure);
      case GivenUp _ -> of(Code.DEADLINE_EXCEEDED, call, failure);
      default -> of(Code.INTERNAL, call, failure);
    };
  }

  private static CsiException of(Code code, CsiCall<?> call, RuntimeException failure) {
    return new CsiException(code, call.rpc() + ": " + failure.getMessage(), failure);
  }

  /// The code.
  public Code code() {
    return code;
  }
}
