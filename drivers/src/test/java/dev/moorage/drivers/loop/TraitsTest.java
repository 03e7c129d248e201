package dev.moorage.drivers.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Use;
import dev.moorage.driver.VolumeRecord;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraitsTest {

  @ParameterizedTest
  @CsvSource({
    "label, a-label_1., true",
    "label, -L, true",
    "label, a b, false",
    "label, thirteen-long, false",
    "provisioning, thin, true",
    "provisioning, THIN, false",
    "xfs.reflink, off, true",
    "xfs.reflink, '0 -d name=/etc/passwd', false",
    "ext4.inodeRatio, 65536, true",
    "ext4.inodeRatio, 65537, false",
    "ext4.inodeRatio, 1024;reboot, false",
    "btrfs.metadata, single, true",
    "btrfs.metadata, raid1, false"
  })
  void only_what_is_on_the_list_is_taken(String name, String value, boolean taken) {
    var parameter =
        Traits.ofClasses().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    assertThat(parameter.fits().test(value)).isEqualTo(taken);
  }

  @Test
  void tools_get_options_of_their_own_filesystem_only() {
    var context =
        Map.of(
            "label",
            "a",
            "xfs.reflink",
            "off",
            "ext4.inodeRatio",
            "65536",
            "btrfs.metadata",
            "single");
    options("xfs", context, "-L", "a", "-m", "reflink=0");
    options("ext4", context, "-L", "a", "-i", "65536");
    options("btrfs", context, "-L", "a", "-m", "single");
    options("xfs", Map.of("label", "--", "xfs.reflink", "on"), "-L", "--");
    options("ext4", Map.of("label", "no such label", "ext4.inodeRatio", "-1"));
  }

  private static void options(String fsType, Map<String, String> context, String... expected) {
    assertThat(Traits.formatOptions(fsType, context)).containsExactly(expected);
  }

  @Test
  void a_thick_volume_takes_no_discards_and_a_thin_one_does_unless_told_otherwise() {
    check("thick", Map.of(), true, false);
    check("thick", Map.of("discard", "off", "reserve", "full"), true, false);
    check("thin", Map.of(), false, true);
    check("thin", Map.of("discard", "on", "reserve", "none"), false, true);
    check("thin", Map.of("discard", "off"), false, false);
    check("thin", Map.of("reserve", "full"), true, false);
  }

  private static void check(
      String provisioning, Map<String, String> mutable, boolean thick, boolean discards) {
    var volume = volume(provisioning, mutable);
    Traits.check(volume);
    assertThat(Traits.thick(volume)).isEqualTo(thick);
    assertThat(Traits.discards(volume)).isEqualTo(discards);
  }

  @Test
  void what_would_take_reserved_blocks_away_is_refused() {
    refused("thick", Map.of("discard", "on"));
    refused("thick", Map.of("reserve", "none"));
    refused("thin", Map.of("reserve", "full", "discard", "on"));
  }

  private static void refused(String provisioning, Map<String, String> mutable) {
    assertThatThrownBy(() -> Traits.check(volume(provisioning, mutable)))
        .isInstanceOf(CsiException.class)
        .hasMessageContaining("pvc-1");
  }

  private static VolumeRecord volume(String provisioning, Map<String, String> mutable) {
    var asked =
        new VolumeRecord.Asked(
            List.of(new Use("xfs", AccessMode.SINGLE_NODE_WRITER)),
            Map.of("provisioning", provisioning),
            mutable,
            new ContentSource.Empty());
    return new VolumeRecord(
        new VolumeId("pvc-1"), "pvc-1", Bytes.gibi(1), asked, new VolumeRecord.State.Creating());
  }
}
