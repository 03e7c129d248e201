package dev.moorage.conformance;

import java.util.List;

/// One check.
///
/// @param needs all of them, or it is not run
record Check(About about, List<Need> needs, Body body) {
  Check {
    needs = List.copyOf(needs);
  }

  /// What is done and demanded.
  interface Body {
    /// Throws [Unmet] when the driver breaks the rule.
    void run(Bench bench);
  }
}
