package dev.moorage.drivermain;

/// A command line that says nothing that can be done: what is wrong with it, and what would be
/// right.
final class WrongUse extends RuntimeException {
  WrongUse(String message) {
    super(message);
  }
}
