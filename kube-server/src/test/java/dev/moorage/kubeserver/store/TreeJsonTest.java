package dev.moorage.kubeserver.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.kube.Tree;
import org.junit.jupiter.api.Test;

class TreeJsonTest {
  @Test
  void a_tree_is_written_and_read_back() {
    var text = "{\"a\":{\"b\":[1,2.5,\"x\",true,null,{}]},\"c\":\"\\u2028\"}";
    var tree = TreeJson.read(text);
    assertThat(tree.at("a", "b").items()).hasSize(6);
    assertThat(TreeJson.read(TreeJson.write(tree))).isEqualTo(tree);
  }

  @Test
  void whole_numbers_are_written_without_exponents() {
    assertThat(TreeJson.write(TreeJson.read("[1e3, 10.0, 9223372036854775807]")))
        .isEqualTo("[1000,10,9223372036854775807]");
  }

  @Test
  void fields_that_stand_there_twice_are_reported_and_the_last_one_counts() {
    var parsed = TreeJson.parse("{\"a\":1,\"b\":[{\"c\":1,\"c\":2}],\"a\":3}");
    assertThat(parsed.duplicates()).containsExactly("b[0].c", "a");
    assertThat(parsed.tree().number(0, "a")).isEqualTo(3);
  }

  @Test
  void texts_that_are_no_json_are_refused_without_quoting_them() {
    for (String text : new String[] {"", "{", "{\"a\":s3cret}", "{} {}", "[1,]", "nul"})
      assertThatExceptionOfType(TreeJson.Malformed.class)
          .isThrownBy(() -> TreeJson.parse(text))
          .withMessageNotContaining("s3cret");
  }

  @Test
  void numbers_beyond_all_use_are_refused() {
    assertThatExceptionOfType(TreeJson.Malformed.class)
        .isThrownBy(() -> TreeJson.parse("{\"a\":{\"b\":1e999999999}}"))
        .withMessageContaining("a.b");
  }

  @Test
  void nesting_beyond_all_use_is_refused() {
    assertThatExceptionOfType(TreeJson.Malformed.class)
        .isThrownBy(() -> TreeJson.parse("[".repeat(100_000)));
  }

  @Test
  void null_is_nothing() {
    assertThat(TreeJson.read("null")).isEqualTo(Tree.nothing());
  }
}
