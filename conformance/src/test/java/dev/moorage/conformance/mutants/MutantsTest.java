package dev.moorage.conformance.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MutantsTest {
  private static final Drives DRIVES = new Drives();

  static List<Mutant> mutants() {
    return Mutants.ALL;
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void each_mutant_does_what_no_correct_driver_does(Mutant mutant) {
    var correct = DRIVES.run(mutant.id(), new Bench(World::correct));
    var again = DRIVES.run(mutant.id(), new Bench(World::correct));
    var wrong = DRIVES.run(mutant.id(), new Bench(mutant.made()));

    assertThat(again).isEqualTo(correct);
    assertThat(wrong).isNotEqualTo(correct);
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void a_mutant_does_the_same_wrong_at_each_run(Mutant mutant) {
    assertThat(DRIVES.run(mutant.id(), new Bench(mutant.made())))
        .isEqualTo(DRIVES.run(mutant.id(), new Bench(mutant.made())));
  }

  @Test
  void no_two_mutants_have_one_id() {
    assertThat(Mutants.ALL).extracting(Mutant::id).doesNotHaveDuplicates();
    assertThat(Mutants.ALL).extracting(Mutant::what).doesNotHaveDuplicates();
  }
}
