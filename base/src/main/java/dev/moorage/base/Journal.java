package dev.moorage.base;

/// What was decided, called and done, and why. Written by actors and by the decorators of words;
/// read by the demo's output and the golden traces.
public interface Journal {

  /// Notes one line. Never blocks on I/O for longer than an append; never throws for a full disk.
  void note(Entry entry);

  /// Notes an actor's decision for a key.
  ///
  /// @param actor the room's word, e.g. `provisioner`
  default void decided(String actor, ObjectKey key, Step step) {
    note(new Entry(Entry.What.DECIDED, actor, step.what(), key.toString(), step.why()));
  }

  /// One line of the journal.
  ///
  /// @param what which sort of line
  /// @param actor who decided, called or failed
  /// @param action the decision's, call's or effect's name
  /// @param on the object's key
  /// @param why reason, result or error text; never a secret
  record Entry(What what, String actor, String action, String on, String why) {
    /// The sorts of lines.
    public enum What {
      /// An actor chose a step.
      DECIDED,
      /// A call over a word (Kube write, CSI call, host effect) ended well.
      DONE,
      /// A call or a step failed.
      FAILED
    }
  }

  /// A journal that keeps nothing, for tests of single parts.
  static Journal none() {
    return entry -> {};
  }
}
