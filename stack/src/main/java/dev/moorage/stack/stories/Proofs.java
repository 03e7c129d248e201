package dev.moorage.stack.stories;

/// Hears what was proved.
public interface Proofs {
  /// One proof.
  ///
  /// @param what what should hold, as a sentence
  /// @param holds whether it does
  /// @param seen what was seen
  void proof(String what, boolean holds, String seen);
}
