package dev.moorage.conformance.mutants;

import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import java.util.function.UnaryOperator;

/// Refusals changed for all calls.
final class Codes {
  private Codes() {}

  /// The answer, or the refusal with another code.
  static Object recoded(CsiCall<?> call, Down down, UnaryOperator<Code> change) {
    return refused(
        call,
        down,
        refusal -> new CsiException(change.apply(refusal.code()), text(refusal), refusal));
  }

  /// The answer, or another refusal.
  static Object refused(CsiCall<?> call, Down down, UnaryOperator<CsiException> change) {
    try {
      return down.call(call);
    } catch (CsiException refusal) {
      throw change.apply(refusal);
    }
  }

  static String text(CsiException refusal) {
    return String.valueOf(refusal.getMessage());
  }
}
