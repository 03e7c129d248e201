package dev.moorage.cli.conformance;

import dev.moorage.conformance.Outcome;
import dev.moorage.conformance.Report;
import dev.moorage.conformance.Result;

/// Outcomes in words.
final class Words {
  private Words() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed() -> "passed";
      case Outcome.Failed _ -> "FAILED";
      case Outcome.Skipped _ -> "skipped";
      case Outcome.NotRun _ -> "not run";
    };
  }

  static String line(Result result) {
    var line = "%-8s %s".formatted(of(result.outcome()), result.about().id());
    return switch (result.outcome()) {
      case Outcome.Passed() -> line;
      case Outcome.Failed(var expected, var seen) ->
          line + ": expected " + expected + "; seen was " + seen;
      case Outcome.Skipped(var why) -> line + ": " + why;
      case Outcome.NotRun(var why) -> line + ": " + why;
    };
  }

  static String counts(Report report) {
    return report.results().size()
        + " checks: "
        + report.count(Outcome.Passed.class)
        + " passed, "
        + report.failures().size()
        + " failed, "
        + report.count(Outcome.Skipped.class)
        + " skipped, "
        + report.count(Outcome.NotRun.class)
        + " not run";
  }
}
