package dev.moorage.cli.demo;

/// The demo cannot be played here, or did not come to its end: a sentence for people.
public final class DemoFailed extends RuntimeException {
  DemoFailed(String message) {
    super(message);
  }
}
