package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIdsTest {
  private static final List<String> NAMES =
      List.of("a", "A", "snapshot-0a1b", "..", "-rf", "a/b", "ü", "snap_a", "x".repeat(64));

  @Test
  void an_id_is_safe_as_a_file_name_and_never_a_volumes() {
    for (var name : NAMES) {
      var id = SnapshotIds.of(name);
      assertThat(id.text()).matches("snap_[a-z0-9][a-z0-9.-]*").hasSizeLessThan(128);
      assertThat(SnapshotIds.safe(id)).isTrue();
      assertThat(VolumeIds.safe(new VolumeId(id.text()))).isFalse();
      var group = SnapshotIds.group(name);
      assertThat(SnapshotIds.safe(group)).isTrue();
      assertThat(VolumeIds.safe(new VolumeId(group.text()))).isFalse();
    }
  }

  @Test
  void no_two_names_share_an_id() {
    var ids = new HashSet<String>();
    for (var name : NAMES) {
      var group = SnapshotIds.group(name);
      assertThat(ids.add(SnapshotIds.of(name).text())).isTrue();
      assertThat(ids.add(SnapshotIds.of(VolumeIds.sha256(name)).text())).isTrue();
      assertThat(ids.add(group.text())).isTrue();
      for (var volume : List.of("v", "w")) {
        var member = SnapshotIds.member(group, new VolumeId(volume));
        assertThat(SnapshotIds.safe(member)).isTrue();
        assertThat(ids.add(member.text())).isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "snap_", "snap_..", "snap_a/b", "snap_A", "a", "other_a", "snap_a\n"})
  void an_id_that_cannot_be_ours_is_seen_as_such(String id) {
    assertThat(SnapshotIds.safe(new SnapshotId(id))).isFalse();
    assertThat(SnapshotIds.safe(new GroupSnapshotId(id.replace("snap", "group")))).isFalse();
  }
}
