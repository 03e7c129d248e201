package dev.moorage.conformance;

import dev.moorage.csi.CsiException.Code;

/// What came of a call.
sealed interface Answer<R> {
  /// It was answered.
  record Given<R>(R value) implements Answer<R> {
    @Override
    public String toString() {
      return "OK " + value;
    }
  }

  /// It was refused, or failed.
  record Refused<R>(Code code, String message) implements Answer<R> {
    @Override
    public String toString() {
      return code + ": " + message;
    }
  }

  default boolean given() {
    return this instanceof Given<R>;
  }

  default boolean is(Code code) {
    return this instanceof Refused<R>(var its, _) && its == code;
  }

  /// The answer's value.
  ///
  /// @throws Unmet when there is none
  default R value() {
    return switch (this) {
      case Given<R>(var value) -> value;
      case Refused<R> refused -> throw new Unmet("an answer", refused.toString());
    };
  }
}
