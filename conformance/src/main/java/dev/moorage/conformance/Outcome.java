package dev.moorage.conformance;

/// How a check came out.
public sealed interface Outcome {
  /// The driver keeps the rule.
  record Passed() implements Outcome {}

  /// The driver breaks the rule.
  record Failed(String expected, String seen) implements Outcome {}

  /// The rule does not concern this driver, or its user left it out.
  record Skipped(String why) implements Outcome {}

  /// It would concern the driver, but something that the check needs was not given.
  record NotRun(String why) implements Outcome {}
}
