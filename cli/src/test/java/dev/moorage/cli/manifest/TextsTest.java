package dev.moorage.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Trees as text, as kubectl 1.33 prints the same objects.
class TextsTest {
  private static final Tree TREE =
      Tree.object(
          "kind",
          "Pod",
          "apiVersion",
          "v1",
          "list",
          Tree.list(List.of(Tree.object("b", 1, "a", true), Tree.texts(List.of("x")))),
          "none",
          Tree.nothing(),
          "empty",
          Tree.object("object", Tree.empty(), "list", Tree.list(List.of())));

  @Test
  void yaml_is_sorted_and_lists_are_not_indented() {
    assertThat(YamlText.of(TREE))
        .isEqualTo(
            """
            apiVersion: v1
            empty:
              list: []
              object: {}
            kind: Pod
            list:
            - a: true
              b: 1
            - - x
            none: null
            """);
  }

  @Test
  void json_is_sorted_and_indented_by_four() {
    assertThat(JsonText.line(TREE))
        .isEqualTo(
            """
            {"apiVersion":"v1","empty":{"list":[],"object":{}},"kind":"Pod",\
            "list":[{"a":true,"b":1},["x"]],"none":null}\
            """);
    assertThat(JsonText.pretty(TREE))
        .startsWith("{\n    \"apiVersion\": \"v1\",\n    \"empty\": {\n        \"list\": [],\n")
        .contains("\n        {\n            \"a\": true,\n            \"b\": 1\n        },\n")
        .endsWith("\n    \"none\": null\n}");
  }

  @Test
  void json_escapes_what_could_end_a_web_page() {
    assertThat(JsonText.line(Tree.of("<a&b>\"\n"))).isEqualTo("\"\\u003ca\\u0026b\\u003e\\\"\\n\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          512Mi      | 512Mi
          12         | "12"
          yes        | "yes"
          n          | "n"
          1e3        | "1e3"
          1:30       | "1:30"
          2024-01-01 | "2024-01-01"
          null       | "null"
          .inf       | ".inf"
          a: b       | 'a: b'
          <a&b>      | <a&b>
          - a        | '- a'
          """)
  void a_text_is_quoted_where_it_would_mean_something_else(String text, String yaml) {
    assertThat(YamlText.of(Tree.of(text)).strip()).isEqualTo(yaml);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "0644",
        "one\ntwo\n",
        "one\n\ntwo",
        "  indented\nnot",
        "trailing \nblank",
        "\ttab",
        "quote ' and \" and \\",
        "ü\uD83D\uDE00\u0001",
        "# no comment",
        "a long text of many words, which is folded after eighty columns, and must be one line again"
      })
  void what_is_written_is_read_again(String text) {
    var tree = Tree.object("apiVersion", "v1", "kind", "Pod", text.strip(), text);
    assertThat(ManifestReader.text("yaml", YamlText.of(tree)).getFirst().tree()).isEqualTo(tree);
    assertThat(ManifestReader.text("json", JsonText.pretty(tree)).getFirst().tree())
        .isEqualTo(tree);
  }
}
