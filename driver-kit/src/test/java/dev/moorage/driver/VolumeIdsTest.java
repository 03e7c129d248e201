package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.VolumeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeIdsTest {
  @Test
  void a_plain_name_is_its_own_id() {
    assertThat(VolumeIds.of("pvc-0a1b-2c3d.x").text()).isEqualTo("pvc-0a1b-2c3d.x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "../../etc/passwd",
        "a/b",
        "/etc",
        "-rf",
        "Upper",
        "a b",
        "a\nb",
        "ü",
        "",
        "~",
        "a\0b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void any_other_name_becomes_a_hash_that_is_safe_as_a_file_name(String name) {
    assertThat(VolumeIds.of(name).text()).matches("[0-9a-f]{64}");
    assertThat(VolumeIds.safe(VolumeIds.of(name))).isTrue();
  }

  @Test
  void no_name_is_another_ones_id() {
    var hashed = VolumeIds.of("A");
    assertThat(VolumeIds.of(hashed.text())).isNotEqualTo(hashed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a b", "A", "-a", "a\0"})
  void an_id_that_cannot_be_ours_is_seen_as_such(String id) {
    assertThat(VolumeIds.safe(new VolumeId(id))).isFalse();
  }
}
