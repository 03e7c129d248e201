package dev.moorage.conformance;

/// A driver did not do what a check demands.
final class Unmet extends RuntimeException {
  private final String expected;
  private final String seen;

  Unmet(String expected, String seen) {
    super("expected " + expected + "; seen was " + seen);
    this.expected = expected;
    this.seen = seen;
  }

  String expected() {
    return expected;
  }

  String seen() {
    return seen;
  }
}
