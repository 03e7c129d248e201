package dev.moorage.stack.stories;

/// A story did not come to its end: what was hoped for, on which object, and what the events say.
public final class StoryFailed extends RuntimeException {
  StoryFailed(String message) {
    super(message);
  }
}
