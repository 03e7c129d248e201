package dev.moorage.cli.live;

/// A command cannot be done here, or did not come to its end: a sentence for people.
public final class CommandFailed extends RuntimeException {
  /// @param message what was tried, what was seen, what to do next
  public CommandFailed(String message) {
    super(message);
  }
}
