package dev.moorage.drivermain;

/// A driver's process cannot start: what was tried, what was seen, what to do next.
final class StartFailed extends RuntimeException {
  StartFailed(String message) {
    super(message);
  }

  StartFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
