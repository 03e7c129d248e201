package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextMapTest {

  @Test
  void what_is_written_is_read_again() {
    var texts = Map.of("a", "1", "quote\"back\\slash", "line\nend\u0001", "umlaut", "ü€");

    assertThat(TextMap.read(TextMap.write(texts))).hasValue(new TreeMap<>(texts));
    assertThat(TextMap.write(Map.of())).isEqualTo("{}");
    assertThat(TextMap.write(Map.of("b", "2", "a", "1"))).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
  }

  @Test
  void white_space_and_escapes_of_other_writers_are_read() {
    assertThat(TextMap.read(" { \"a\" : \"\\u0041\\/\\n\" , \"b\":\"\" }\n"))
        .hasValueSatisfying(texts -> {
          assertThat(texts).containsEntry("a", "A/\n").containsEntry("b", "").hasSize(2);
        });
  }

  @Test
  void anything_else_is_nothing() {
    for (String text :
        new String[] {
          "",
          "{",
          "[]",
          "null",
          "{\"a\":1}",
          "{\"a\":\"b\"",
          "{\"a\":\"b\"} x",
          "{\"a\":\"b\",}",
          "{\"a\":\"\\x\"}",
          "{\"a\":\"\\u00g0\"}"
        }) assertThat(TextMap.read(text)).as(text).isEmpty();
  }
}
