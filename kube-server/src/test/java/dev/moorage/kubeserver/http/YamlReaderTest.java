package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.kubeserver.store.TreeJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

  private static String json(String yaml) {
    return TreeJson.write(YamlReader.read(yaml).tree()).replace('"', '\'');
  }

  @Test
  void maps_lists_and_texts_are_read() {
    assertThat(json("a: {b: [1, two, null, ~]}\nc: |\n  line\n"))
        .isEqualTo("{'a':{'b':[1,'two',null,null]},'c':'line\\n'}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "y, true",
        "Y, true",
        "yes, true",
        "on, true",
        "True, true",
        "n, false",
        "No, false",
        "off, false",
        "'y', 'y'",
        "yesterday, 'yesterday'",
        "0x1F, 31",
        "-0b11, -3",
        "0644, 420",
        "1_000, 1000",
        "0, 0",
        "-7, -7",
        "1.50, 1.5",
        "1e3, 1000",
        "12:30, '12:30'",
        "2026-01-01, '2026-01-01'",
        "1Gi, '1Gi'",
        "!!str 5, '5'"
      })
  void plain_values_mean_what_yaml_1_1_says(String yaml, String json) {
    assertThat(json("v: " + yaml)).isEqualTo("{'v':" + json + "}");
  }

  @Test
  void keys_become_texts() {
    assertThat(json("{1: a, y: b, null: c}")).isEqualTo("{'1':'a','true':'b','null':'c'}");
  }

  @Test
  void aliases_and_merges_are_followed() {
    assertThat(json("base: &b {a: 1, c: 2}\nmore: {<<: *b, a: 3}\nlist: [*b]"))
        .isEqualTo("{'base':{'a':1,'c':2},'more':{'a':3,'c':2},'list':[{'a':1,'c':2}]}");
  }

  @Test
  void a_key_that_stands_there_twice_is_told() {
    var body = YamlReader.read("spec:\n  list:\n  - {a: 1, a: 2}\n");
    assertThat(body.duplicates()).containsExactly("spec.list[0].a");
    assertThat(TreeJson.write(body.tree())).contains("\"a\":2");
  }

  @Test
  void an_empty_document_is_nothing() {
    assertThat(json("# nothing")).isEqualTo("null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1|yaml: line 1",
        "a: *gone|yaml: line 1: found undefined alias",
        "{? [a] : b}|yaml: line 1: a key is no plain value",
        "a: .inf|yaml: line 1: a number cannot be read",
        "&a [*a]|too deep",
        "a: !!java.lang.ProcessBuilder [x]|yaml: line 1: Global tag is not allowed",
      })
  void what_is_no_yaml_or_no_data_is_refused(String yaml, String why) {
    assertThatThrownBy(() -> YamlReader.read(yaml))
        .isInstanceOf(YamlReader.Malformed.class)
        .hasMessageContaining(why);
  }

  @Test
  void a_second_document_is_refused() {
    assertThatThrownBy(() -> YamlReader.read("a: 1\n---\nb: 2\n"))
        .isInstanceOf(YamlReader.Malformed.class);
  }

  @Test
  void aliases_do_not_blow_up() {
    var text = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++)
      text.append("a%d: &a%d [*a%d, *a%d]%n".formatted(i, i, i - 1, i - 1));
    assertThatThrownBy(() -> YamlReader.read(text.toString()))
        .isInstanceOf(YamlReader.Malformed.class);
  }
}
