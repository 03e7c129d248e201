package dev.moorage.base;

/// What an actor decided to do next for one key. Sealed families of records implement it; the
/// record's name is the decision.
public interface Step {

  /// The decision in words, for the journal: the record's simple name (`CallDriver`).
  default String what() {
    return getClass().getSimpleName();
  }

  /// The details or the reason, for people; empty when the name says it all. Never holds a secret,
  /// a time or a generated name.
  default String why() {
    return "";
  }
}
