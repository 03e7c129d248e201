package dev.moorage.conformance.mutants;

import dev.moorage.csi.CsiCall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The calls that are under way in a driver.
final class Flights {
  private final List<CsiCall<?>> calls = new ArrayList<>(); // guarded by itself

  /// Does something as a call that is under way, told of those that were so before.
  <R> R during(CsiCall<?> call, Function<List<CsiCall<?>>, R> body) {
    List<CsiCall<?>> others;
    synchronized (calls) {
      others = List.copyOf(calls);
      calls.add(call);
    }
    try {
      return body.apply(others);
    } finally {
      synchronized (calls) {
        calls.remove(call);
      }
    }
  }
}
