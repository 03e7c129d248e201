package dev.moorage.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.conformance.mutants.Mutant;
import dev.moorage.conformance.mutants.Mutants;
import dev.moorage.conformance.mutants.World;
import dev.moorage.driver.CsiVersion;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A sample of the mutation score, which takes too long for each test run.
class MutationSampleTest {
  private static final int SEED = 3;
  private static final int EACH = 24;

  @ParameterizedTest
  @EnumSource
  void a_driver_without_a_bug_passes(CsiVersion version) {
    assertThat(new Trial(version).firstFailure(World::correct)).isEmpty();
  }

  @Test
  void wrong_drivers_are_found() {
    assertThat(sample()).hasSizeGreaterThan(6);
    assertThat(sample()).allSatisfy(mutant -> assertThat(Trial.found(mutant)).isPresent());
  }

  private static List<Mutant> sample() {
    return IntStream.range(0, Mutants.ALL.size())
        .filter(number -> number % EACH == SEED)
        .mapToObj(Mutants.ALL::get)
        .filter(mutant -> !Unshown.reasons().containsKey(mutant.id()))
        .toList();
  }

  @Test
  void what_is_said_to_be_unshown_is_a_wrong_driver_that_we_have() {
    assertThat(Mutants.ALL)
        .extracting(Mutant::id)
        .containsAll(Unshown.reasons().keySet())
        .hasSize(209);
  }
}
