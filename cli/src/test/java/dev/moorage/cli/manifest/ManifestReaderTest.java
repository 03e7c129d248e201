package dev.moorage.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.kube.Tree;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
  private static List<Manifest> read(String text) {
    return ManifestReader.text("m.yaml", text);
  }

  // Documents

  @Test
  void a_text_holds_any_number_of_documents_each_with_its_line() {
    var read =
        read(
            """
            # first
            apiVersion: v1
            kind: Pod
            metadata: {name: a, namespace: here}
            ---
            # nothing here
            ---
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata:
              name: b
            """);
    assertThat(read)
        .extracting(Manifest::place)
        .containsExactly("m.yaml, line 2", "m.yaml, line 8");
    assertThat(read).extracting(Manifest::name).containsExactly("a", "b");
    assertThat(read).extracting(Manifest::namespace).containsExactly("here", "");
    assertThat(read.get(1).apiVersion()).isEqualTo("storage.k8s.io/v1");
    assertThat(read.get(1).kind()).isEqualTo("StorageClass");
  }

  @Test
  void a_list_is_taken_apart_in_yaml_and_in_json() {
    var yaml =
        """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: Pod, metadata: {name: a}}
        - {apiVersion: v1, kind: Pod, metadata: {name: b}}
        """;
    var json =
        """
        {"apiVersion": "v1", "kind": "PodList", "items": [
        \t{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}},
        \t{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "b"}}]}
        """;
    for (String text : List.of(yaml, json))
      assertThat(read(text))
          .extracting(Manifest::name, Manifest::place)
          .containsExactly(
              tuple("a", "m.yaml, line 1, item 1"), tuple("b", "m.yaml, line 1, item 2"));
  }

  @Test
  void yaml_in_braces_is_yaml_too() {
    assertThat(read("{apiVersion: v1, kind: Pod}\n")).hasSize(1);
    assertThat(
            read(
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}\n{\"apiVersion\":\"v1\",\"kind\":\"Node\"}"))
        .extracting(Manifest::kind)
        .containsExactly("Pod", "Node");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "---\n", "# nothing\n", "---\n---\n"})
  void an_empty_text_holds_no_objects(String text) {
    assertThat(read(text)).isEmpty();
  }

  // Words

  /// As `kubectl label --local -o json` reads them.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          yes        | true
          y          | true
          Off        | false
          'off'      | false
          0644       | 420
          0o17       | 15
          0x1F       | 31
          0b101      | 5
          1_000      | 1000
          -12        | -12
          089        | 89
          1e3        | 1000
          .5         | 0.5
          1.         | 1
          1.10       | 1.1
          12345678901234567890 | 12345678901234567890
          1:30       | "1:30"
          2024-01-01 | "2024-01-01"
          1e400      | "1e400"
          yES        | "yES"
          1Gi        | "1Gi"
          "yes"      | "yes"
          "0644"     | "0644"
          !!str 12   | "12"
          !!binary aGFsbG8= | "hallo"
          ~          | null
          null       | null
          """)
  void an_unquoted_word_means_what_it_means_to_kubectl(String word, String meaning) {
    var tree = read("apiVersion: v1\nkind: Pod\nx: " + word + "\n").getFirst().tree().at("x");
    var said =
        switch (tree) {
          case Tree.Numeral(BigDecimal value) -> value.toPlainString();
          case Tree.Truth(var truth) -> String.valueOf(truth);
          case Tree.Nothing() -> "null";
          default -> tree.toString();
        };
    assertThat(said).isEqualTo(meaning);
  }

  @Test
  void keys_are_texts_whatever_they_look_like() {
    var tree = read("apiVersion: v1\nkind: Pod\ndata: {12: a, yes: b, ~: c}\n").getFirst().tree();
    assertThat(tree.at("data").fields()).containsOnlyKeys("12", "true", "null");
  }

  @Test
  void aliases_and_merges_are_written_out() {
    var tree =
        read("""
        apiVersion: v1
        kind: Pod
        one: &one {a: 1, b: 2}
        same: *one
        more: {<<: *one, b: 3, c: 4}
        all: {<<: [{d: 5}, *one]}
        """)
            .getFirst()
            .tree();
    assertThat(tree.at("same")).isEqualTo(tree.at("one"));
    assertThat(tree.at("more").toString()).contains("b=").contains("c=").contains("a=");
    assertThat(tree.number(0, "more", "b")).isEqualTo(3);
    assertThat(tree.number(0, "all", "d")).isEqualTo(5);
    assertThat(tree.number(0, "all", "b")).isEqualTo(2);
  }

  // Refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kind: Pod\\nmetadata:\\n  name: a\\n  name: b | line 4, column 3: the key "name" is there twice
          kind: Pod\\n  name: a          | line 2, column 7: mapping values are not allowed here
          kind: Pod\\n\\tname: a         | line 2, column 1: found character '\\t(TAB)'
          kind: [Pod                     | line 1, column 11: expected ',' or ']'
          kind: "Pod                     | line 1, column 11: found unexpected end of stream
          kind: *pod                     | line 1, column 7: found undefined alias pod
          kind: !secret x                | line 1, column 7: the tag !secret means nothing here
          ? [a]\\n: b                    | line 1, column 3: a key is a text
          x: &x [*x]                     | this is nested too deep, or holds itself
          {"kind": "Pod", "kind": "Pod"} | line 1, column 23: this is no JSON: Duplicate Object property "kind"
          {"kind": "Pod"                 | line 1, column 15: this is no JSON: Unexpected end-of-input
          - a                            | line 1: no object; one begins with apiVersion: and kind:
          hello                          | line 1: no object; one begins with apiVersion: and kind:
          kind: Pod                      | line 1: apiVersion is missing
          apiVersion: v1                 | line 1: kind is missing
          {apiVersion: v1, kind: Pod, metadata: {name: 12}} | line 1: metadata.name means 12; put a text in quotes
          """)
  void what_cannot_be_read_is_refused_with_its_place(String text, String why) {
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t")))
        .withMessageStartingWith("m.yaml, line ")
        .withMessageContaining(why);
  }

  @Test
  void aliases_that_multiply_are_refused() {
    var text =
        new StringBuilder("apiVersion: v1\nkind: Pod\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++)
      text.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> read(text.toString()))
        .withMessageContaining("too large");
  }

  // Files

  @Test
  void a_folder_is_read_by_names_without_its_subfolders(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("2.yml"), "{apiVersion: v1, kind: B}");
    Files.writeString(folder.resolve("1.json"), "{\"apiVersion\": \"v1\", \"kind\": \"A\"}");
    Files.writeString(folder.resolve("notes.md"), "no manifest");
    Files.createDirectory(folder.resolve("3.yaml"));
    assertThat(ManifestReader.path(folder)).extracting(Manifest::kind).containsExactly("A", "B");
  }

  @Test
  void files_that_cannot_be_read_are_named(@TempDir Path folder) throws IOException {
    var none = folder.resolve("none.yaml");
    var bytes = folder.resolve("bytes.yaml");
    Files.write(bytes, new byte[] {(byte) 0xff, (byte) 0xfe});
    assertRefused(none, none + " cannot be read: it is not there");
    assertRefused(bytes, bytes + " is no text in UTF-8");
    Files.delete(bytes);
    assertRefused(folder, folder + " holds no file that ends in .yaml, .yml, .json");
  }

  private static void assertRefused(Path path, String why) {
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> ManifestReader.path(path))
        .withMessage(why);
  }

  @Test
  void the_examples_can_be_read() {
    assertThat(ManifestReader.path(Path.of("..", "examples")))
        .extracting(Manifest::kind)
        .containsExactly("StorageClass", "PersistentVolumeClaim", "Pod");
  }
}
