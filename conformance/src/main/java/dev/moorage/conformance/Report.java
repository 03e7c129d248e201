package dev.moorage.conformance;

import java.time.Duration;
import java.util.List;

/// What a run has found.
///
/// @param driver its name and version, as it says them
/// @param seed makes the same names again
/// @param results in the order in which they were run
public record Report(String driver, long seed, Duration took, List<Result> results) {
  public Report {
    results = List.copyOf(results);
  }

  /// The checks that failed.
  public List<Result> failures() {
    return results.stream().filter(Result::failed).toList();
  }

  /// How many came out so.
  public long count(Class<? extends Outcome> outcome) {
    return results.stream().map(Result::outcome).filter(outcome::isInstance).count();
  }
}
