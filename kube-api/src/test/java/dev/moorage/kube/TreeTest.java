package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeTest {
  private static final Tree CLAIM =
      Tree.object(
          "metadata",
          Tree.object("name", "data", "labels", Tree.texts(Map.of("app", "web"))),
          "spec",
          Tree.object(
              "accessModes",
              Tree.texts(List.of("ReadWriteOnce", "ReadOnlyMany")),
              "replicas",
              3,
              "block",
              true,
              "nothing",
              Tree.nothing()));

  @Test
  void parts_are_found_by_their_path() {
    assertThat(CLAIM.text("metadata", "name")).isEqualTo("data");
    assertThat(CLAIM.textMap("metadata", "labels")).containsExactly(Map.entry("app", "web"));
    assertThat(CLAIM.textList("spec", "accessModes"))
        .containsExactly("ReadWriteOnce", "ReadOnlyMany");
    assertThat(CLAIM.number(1, "spec", "replicas")).isEqualTo(3);
    assertThat(CLAIM.truth(false, "spec", "block")).isTrue();
    assertThat(CLAIM.at()).isSameAs(CLAIM);
  }

  @Test
  void what_is_absent_reads_as_empty() {
    assertThat(CLAIM.at("status", "phase").isNothing()).isTrue();
    assertThat(CLAIM.at("spec", "nothing").isNothing()).isTrue();
    assertThat(CLAIM.text("status", "phase")).isEmpty();
    assertThat(CLAIM.textList("status", "conditions")).isEmpty();
    assertThat(CLAIM.textMap("metadata", "annotations")).isEmpty();
    assertThat(CLAIM.number(7, "spec", "missing")).isEqualTo(7);
    assertThat(CLAIM.truth(true, "spec", "missing")).isTrue();
  }

  @Test
  void what_has_another_shape_reads_as_empty() {
    assertThat(CLAIM.text("spec")).isEmpty();
    assertThat(CLAIM.text("spec", "replicas")).isEmpty();
    assertThat(CLAIM.text("metadata", "name", "deeper")).isEmpty();
    assertThat(CLAIM.number(7, "metadata", "name")).isEqualTo(7);
    assertThat(CLAIM.truth(false, "metadata", "name")).isFalse();
    assertThat(CLAIM.at("spec", "accessModes").fields()).isEmpty();
    assertThat(CLAIM.at("spec").items()).isEmpty();
    var mixed = Tree.list(List.of(Tree.of("a"), Tree.of(1), Tree.of("b")));
    assertThat(mixed.textList()).containsExactly("a", "b");
    assertThat(Tree.object("a", "b", "c", 1).textMap()).containsExactly(Map.entry("a", "b"));
  }

  @Test
  void a_part_is_replaced_or_added_and_the_rest_stays() {
    var changed =
        CLAIM.with(Tree.of("Bound"), "status", "phase").with(Tree.of(5), "spec", "replicas");
    assertThat(changed.text("status", "phase")).isEqualTo("Bound");
    assertThat(changed.number(0, "spec", "replicas")).isEqualTo(5);
    assertThat(changed.at("metadata")).isEqualTo(CLAIM.at("metadata"));
    assertThat(changed.truth(false, "spec", "block")).isTrue();
    assertThat(CLAIM.at("status").isNothing()).isTrue();
    assertThat(CLAIM.with(Tree.empty())).isEqualTo(Tree.empty());
  }

  @Test
  void a_part_goes_and_the_rest_stays() {
    assertThat(CLAIM.without("spec", "replicas").fields()).containsOnlyKeys("metadata", "spec");
    assertThat(CLAIM.without("spec", "replicas").at("spec", "replicas").isNothing()).isTrue();
    assertThat(CLAIM.without("status", "phase")).isEqualTo(CLAIM);
    assertThat(CLAIM.without("metadata", "name", "deeper")).isEqualTo(CLAIM);
    assertThat(CLAIM.without()).isEqualTo(CLAIM);
  }

  @Test
  void fields_keep_their_order_but_equality_does_not_mind_it() {
    var one = Tree.object("b", 1, "a", 2);
    assertThat(one.fields().keySet()).containsExactly("b", "a");
    assertThat(one.with(Tree.of(3), "b").fields().keySet()).containsExactly("b", "a");
    assertThat(one)
        .isEqualTo(Tree.object("a", 2, "b", 1))
        .hasSameHashCodeAs(Tree.object("a", 2, "b", 1));
  }

  @Test
  void equal_numbers_are_equal_whatever_their_notation() {
    assertThat(numeral("1000")).isEqualTo(numeral("1e3")).isEqualTo(numeral("1000.00"));
    assertThat(numeral("0")).isEqualTo(numeral("0.00")).isEqualTo(numeral("-0"));
    assertThat(numeral("1e60")).isEqualTo(numeral("1" + "0".repeat(60)));
  }

  @Test
  void only_whole_numbers_that_fit_are_read() {
    assertThat(numeral("1e3").number(-1)).isEqualTo(1000);
    assertThat(numeral("2.0").number(-1)).isEqualTo(2);
    assertThat(numeral("2.5").number(-1)).isEqualTo(-1);
    assertThat(numeral("9223372036854775807").number(-1)).isEqualTo(Long.MAX_VALUE);
    assertThat(numeral("9223372036854775808").number(-1)).isEqualTo(-1);
    assertThat(numeral("-9223372036854775808").number(-1)).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void a_number_with_a_huge_exponent_costs_nothing() {
    for (String text : List.of("1e999999999", "1e-999999999", "0e999999999", "0e-999999999")) {
      assertThat(numeral(text)).isEqualTo(numeral(text));
      assertThat(numeral(text).number(-1)).isEqualTo(text.startsWith("0") ? 0 : -1);
      assertThat(Quantities.of(numeral(text)).isZero()).isTrue();
    }
  }

  private static Tree numeral(String text) {
    return new Tree.Numeral(new BigDecimal(text));
  }

  @Test
  void a_tree_does_not_change_with_what_it_was_made_of() {
    var fields = new LinkedHashMap<String, Tree>(Map.of("a", Tree.of(1)));
    var tree = new Tree.Fields(fields);
    fields.clear();
    assertThat(tree.fields()).hasSize(1);
  }

  @Test
  void only_the_shapes_of_json_make_an_object() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tree.object("time", Instant.EPOCH))
        .withMessageContaining("Instant");
  }
}
