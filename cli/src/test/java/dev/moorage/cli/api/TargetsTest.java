package dev.moorage.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.moorage.cli.api.Targets.Term;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {
  private static List<Term> parse(String line) {
    return Targets.parse(List.of(line.split(" ", -1))).terms();
  }

  @Test
  void kinds_come_first_or_with_each_name() {
    assertThat(parse("pods")).containsExactly(new Term("pods", List.of()));
    assertThat(parse("pod,pvc a b"))
        .containsExactly(new Term("pod", List.of("a", "b")), new Term("pvc", List.of("a", "b")));
    assertThat(parse("pod/a pvc/b"))
        .containsExactly(new Term("pod", List.of("a")), new Term("pvc", List.of("b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pod/a b", "b pod/a", "pod/", "/a", "pod/a/b", "pod,pvc/a", ","})
  void other_words_name_nothing(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(line));
  }

  @ParameterizedTest
  @CsvSource({"pods,true", "pod a,true", "'pods,pvc',false", "pod a b,false", "pod/a pod/b,false"})
  void a_watch_follows_one_kind_or_one_object(String line, boolean single) {
    var targets = Targets.parse(List.of(line.split(" ", -1)));
    if (single) targets.checkSingle();
    else assertThatIllegalArgumentException().isThrownBy(targets::checkSingle);
  }
}
