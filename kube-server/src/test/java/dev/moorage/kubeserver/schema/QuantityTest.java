package dev.moorage.kubeserver.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "1Gi, 1Gi",
    "1024Mi, 1Gi",
    "0.5Gi, 512Mi",
    "1536Mi, 1536Mi",
    "1.5Gi, 1536Mi",
    "1073741824, 1073741824",
    "1000, 1k",
    "1500, 1500",
    "1000000, 1M",
    "1.5G, 1500M",
    "100m, 100m",
    "0.1, 100m",
    "1000m, 1",
    "1u, 1u",
    "1e3, 1e3",
    "1500e3, 1500e3",
    "0, 0",
    "0Gi, 0",
    "-1Gi, -1Gi",
    "512Ki, 512Ki",
    "0.5Ki, 512",
    "1Ei, 1Ei",
    "+5, 5",
    ".5Gi, 512Mi",
  })
  void a_quantity_has_one_text(String written, String canonical) {
    assertThat(Quantity.parse(written).orElseThrow().text()).isEqualTo(canonical);
  }

  @Test
  void other_texts_are_no_quantities() {
    for (String text : new String[] {"", "Gi", "1gi", "1 Gi", "one", "1KiB", "--1", "1e9999"})
      assertThat(Quantity.parse(text)).as(text).isEmpty();
  }
}
