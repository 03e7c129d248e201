package dev.moorage.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTextTest {
  @Test
  void columns_are_three_apart_and_six_wide_at_least() {
    assertThat(
            new TableText()
                .lines(List.of(List.of("NAME", "A", "AGE"), List.of("data-pod", "", "2m10s"))))
        .containsExactly("NAME       A     AGE", "data-pod         2m10s");
  }

  @Test
  void a_column_keeps_its_width_and_only_grows() {
    var text = new TableText();
    assertThat(text.lines(List.of(List.of("a-long-name", "x")))).containsExactly("a-long-name   x");
    assertThat(text.lines(List.of(List.of("b", "x")))).containsExactly("b             x");
    assertThat(text.lines(List.of(List.of("a-longer-name", "x"))))
        .containsExactly("a-longer-name   x");
  }

  @Test
  void what_looks_like_one_character_counts_as_one() {
    assertThat(
            new TableText().lines(List.of(List.of("\uD83D\uDE00ü-name", "x"), List.of("a", "y"))))
        .containsExactly("\uD83D\uDE00ü-name   x", "a         y");
  }
}
