package dev.moorage.conformance.mutants;

import dev.moorage.csi.Csi;
import java.util.function.Function;

/// One seeded bug.
///
/// @param id short and unique; begins with its group
/// @param what the bug in one sentence
/// @param source where it was seen, or the rule that it breaks
/// @param made a new driver with this bug; it remembers things, so one for each run
public record Mutant(String id, String what, String source, Function<World, Csi> made) {
  /// The first word of the id.
  public String group() {
    return id.substring(0, id.indexOf('-'));
  }

  @Override
  public String toString() {
    return id;
  }
}
