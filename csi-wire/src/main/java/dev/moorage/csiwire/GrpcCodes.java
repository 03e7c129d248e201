package dev.moorage.csiwire;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;

/// The one place where gRPC's status meets CSI's codes. Numbers are the same on both sides.
final class GrpcCodes {
  private static final int MOST_CHARS = 1024;

  private GrpcCodes() {}

  /// What a caller throws for a failed call.
  static CsiException exception(String tried, StatusRuntimeException failure) {
    return new CsiException(
        code(failure.getStatus()), tried + ": " + said(failure.getStatus()), failure);
  }

  /// What a caller throws for a call whose end the driver did not pronounce: whatever the code, its
  /// work may go on.
  static CsiException unread(String tried, Duration atMost, StatusRuntimeException failure) {
    var code = code(failure.getStatus());
    return switch (code) {
      // gRPC's own text differs each time, and equal events are counted, not repeated
      case DEADLINE_EXCEEDED ->
          new CsiException(
              Code.DEADLINE_EXCEEDED,
              tried + ": no answer within " + atMost.toMillis() + " ms",
              failure);
      case CANCELLED, UNAVAILABLE, ABORTED -> exception(tried, failure);
      default ->
          new CsiException(
              Code.UNAVAILABLE,
              tried + ": the answer cannot be read: " + code + ": " + said(failure.getStatus()),
              failure);
    };
  }

  /// A failure to connect has its text in the cause only.
  private static String said(Status status) {
    var texts = new ArrayList<String>();
    var description = status.getDescription();
    if (description != null) texts.add(description);
    var cause = status.getCause();
    if (cause != null) texts.add(String.valueOf(cause.getMessage()));
    return texts.isEmpty() ? "no message" : shortened(String.join(": ", texts));
  }

  /// Some drivers send all that their tools have said.
  private static String shortened(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + " ...";
  }

  private static Code code(Status status) {
    for (Code code : Code.values()) if (code.number() == status.getCode().value()) return code;
    return Code.UNKNOWN;
  }

  /// What a server answers for a refusal.
  static StatusRuntimeException status(CsiException refusal) {
    return Status.fromCodeValue(refusal.code().number())
        .withDescription(refusal.getMessage())
        .asRuntimeException();
  }
}
