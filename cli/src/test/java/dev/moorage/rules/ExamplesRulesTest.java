package dev.moorage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// What the examples promise.
class ExamplesRulesTest {
  private static final Path HELLO =
      Path.of("../examples/hello-driver/src/main/java/com/example/hello/HelloDriver.java");

  @Test
  void a_complete_driver_has_less_than_a_hundred_lines() {
    var lines =
        House.text(HELLO)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("import "))
            .count();
    assertThat(lines).isBetween(50L, 99L);
  }

  @Test
  void it_is_built_without_a_parent_of_ours_and_with_one_dependency() {
    var pom = House.text(Path.of("../examples/hello-driver/pom.xml"));
    assertThat(pom).doesNotContain("<parent>").containsOnlyOnce("<dependency>");
    assertThat(pom).contains("<artifactId>moorage-driver-main</artifactId>");
  }
}
