package dev.moorage.conformance;

/// A check finds on its way that it does not concern this driver.
final class NotAsked extends RuntimeException {
  NotAsked(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
