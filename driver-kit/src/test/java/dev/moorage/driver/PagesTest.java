package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.driver.Pages.Page;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
  private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

  @Test
  void no_limit_is_one_page() {
    assertThat(page(ALL, 0, "")).isEqualTo(new Page<>(ALL, ""));
    assertThat(page(List.of(), 2, "")).isEqualTo(new Page<>(List.of(), ""));
  }

  @Test
  void pages_follow_each_other_and_the_last_one_has_no_token() {
    var first = page(ALL, 2, "");
    assertThat(first.entries()).containsExactly("a", "b");
    var second = page(ALL, 2, first.nextToken());
    assertThat(second.entries()).containsExactly("c", "d");
    assertThat(page(ALL, 2, second.nextToken())).isEqualTo(new Page<>(List.of("e"), ""));
    assertThat(page(ALL, 0, first.nextToken()).entries()).containsExactly("c", "d", "e");
    assertThat(page(ALL, 5, "").nextToken()).isEmpty();
  }

  @Test
  void what_stays_is_told_of_once_whatever_comes_and_goes() {
    var token = page(ALL, 2, "").nextToken();
    assertThat(page(List.of("aa", "c", "cc", "e"), 0, token).entries())
        .containsExactly("c", "cc", "e");
    assertThat(page(List.of("a"), 0, token).entries()).isEmpty();
  }

  @Test
  void what_is_not_shown_takes_no_place_on_a_page() {
    var pages = new Pages("volumes");
    var page =
        pages.page(ALL, id -> id, id -> Optional.of(id).filter(shown -> !shown.equals("b")), 2, "");
    assertThat(page.entries()).containsExactly("a", "c");
    assertThat(page.nextToken()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"invalid-token", "b", "volumes:", "volumes:00000000:b", "0", "2"})
  void a_token_that_is_not_ours_is_refused(String token) {
    assertThat(refusal(1, token).code()).isEqualTo(Code.ABORTED);
  }

  @Test
  void a_token_of_another_list_or_with_another_entry_is_refused() {
    var token = page(ALL, 2, "").nextToken();
    assertThat(refusal(1, token.replaceAll("b$", "c")).code()).isEqualTo(Code.ABORTED);
    var other = new Pages("snapshots").page(ALL, id -> id, Optional::of, 2, "").nextToken();
    assertThat(refusal(1, other).code()).isEqualTo(Code.ABORTED);
  }

  @Test
  void a_negative_limit_is_invalid() {
    assertThat(refusal(-1, "").code()).isEqualTo(Code.INVALID_ARGUMENT);
  }

  private static CsiException refusal(int most, String token) {
    return catchThrowableOfType(CsiException.class, () -> page(ALL, most, token));
  }

  private static Page<String> page(List<String> all, int most, String token) {
    return new Pages("volumes").page(all, id -> id, Optional::of, most, token);
  }
}
