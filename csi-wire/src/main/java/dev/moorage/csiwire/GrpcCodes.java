package dev.moorage.csiwire;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;

/// The one place where gRPC's status meets CSI's codes. Numbers are the same on both sides.
final class GrpcCodes {
  private GrpcCodes() {}

  /// What a caller throws for a failed call.
  static CsiException exception(String tried, StatusRuntimeException failure) {
    return new CsiException(
        code(failure.getStatus()), tried + ": " + said(failure.getStatus()), failure);
  }

  /// A failure to connect has its text in the cause only.
  private static String said(Status status) {
    var texts = new ArrayList<String>();
    var description = status.getDescription();
    if (description != null) texts.add(description);
    var cause = status.getCause();
    if (cause != null) texts.add(String.valueOf(cause.getMessage()));
    return texts.isEmpty() ? "no message" : String.join(": ", texts);
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
