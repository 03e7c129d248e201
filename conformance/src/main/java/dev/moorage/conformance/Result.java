package dev.moorage.conformance;

import java.time.Duration;
import java.util.List;

/// A check that is done.
///
/// @param calls in their order, those that cleaned up included
public record Result(About about, Outcome outcome, Duration took, List<Exchange> calls) {
  public Result {
    calls = List.copyOf(calls);
  }

  /// Whether the driver breaks the rule.
  public boolean failed() {
    return outcome instanceof Outcome.Failed;
  }
}
