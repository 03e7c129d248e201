package dev.moorage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.conformance.mutants.Mutant;
import dev.moorage.conformance.mutants.Mutants;
import dev.moorage.conformance.mutants.World;
import dev.moorage.driver.CsiVersion;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// How many wrong drivers the suite finds: `./dev mutation-score`.
///
/// The independent score is 184 of 209: suite (433 checks) and wrong drivers were written without
/// knowledge of each other. What is found beyond that was found after checks were added for it.
class MutationScore {

  @Test
  void all_are_found_but_those_that_cannot_show() {
    for (var version : CsiVersion.values())
      assertThat(new Trial(version).firstFailure(World::correct)).isEmpty();
    var survivors = new TreeMap<String, String>();
    for (var mutant : Mutants.ALL) {
      var found = Trial.found(mutant);
      if (found.isEmpty()) survivors.put(mutant.id(), mutant.what());
      System.out.println(line(mutant, found));
    }
    System.out.printf(
        "%d of %d wrong drivers are found%n",
        Mutants.ALL.size() - survivors.size(), Mutants.ALL.size());
    assertThat(survivors.keySet()).isEqualTo(Unshown.reasons().keySet());
  }

  private static String line(Mutant mutant, Optional<Result> found) {
    var why = Unshown.reasons().getOrDefault(mutant.id(), "nobody knows why");
    var verdict =
        found
            .map(result -> "found by " + result.about().id())
            .orElse("survived: " + mutant.what() + " Not shown: " + why);
    return "%-32s %s".formatted(mutant.id(), verdict);
  }
}
