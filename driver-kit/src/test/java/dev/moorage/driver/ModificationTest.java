package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModificationTest {
  private static final VolumeId VOLUME = new VolumeId("v");
  private static final String SETTINGS = SmallBackend.FOLDER + "/v.settings";

  @Test
  void what_is_named_changes_and_the_rest_stays() {
    KitBench.play(bench -> {
      bench.call(create(Map.of("discard", "off")));
      bench.call(modify(Map.of("reserve", "7")));
      assertThat(settings(bench)).isEqualTo("{discard=off, reserve=7}");
      bench.call(modify(Map.of("discard", "on")));
      assertThat(settings(bench)).isEqualTo("{discard=on, reserve=7}");
      bench.restart();
      assertThat(validated(bench, Map.of("discard", "on", "reserve", "7"))).isTrue();
      assertThat(validated(bench, Map.of("discard", "off"))).isFalse();
    });
  }

  private static boolean validated(KitBench bench, Map<String, String> mutable) {
    return bench
        .call(
            new ValidateVolumeCapabilities(
                VOLUME, Map.of(), List.of(KitBench.EXT4), Map.of(), Secrets.NONE, mutable))
        .confirmed();
  }

  @Test
  void the_same_values_again_change_nothing() {
    KitBench.play(bench -> {
      bench.call(create(Map.of("discard", "off")));
      bench.call(modify(Map.of("discard", "off")));
      assertThat(bench.host.files().look(SETTINGS)).isEmpty();
    });
  }

  @Test
  void what_is_wrong_changes_nothing() {
    KitBench.play(bench -> {
      bench.call(create(Map.of()));
      bench.refused(Code.INVALID_ARGUMENT, modify(Map.of("discard", "on", "XXX", "y")));
      bench.refused(Code.INVALID_ARGUMENT, modify(Map.of("discard", "maybe")));
      bench.refused(Code.INVALID_ARGUMENT, modify(Map.of()));
      bench.refused(
          Code.INVALID_ARGUMENT,
          new ControllerModifyVolume(new VolumeId(""), Secrets.NONE, Map.of("discard", "on")));
      var gone = new VolumeId("gone");
      bench.refused(
          Code.NOT_FOUND, new ControllerModifyVolume(gone, Secrets.NONE, Map.of("discard", "on")));
      bench.refused(Code.NOT_FOUND, new ControllerModifyVolume(gone, Secrets.NONE, Map.of()));
      assertThat(bench.host.files().look(SETTINGS)).isEmpty();
      assertThat(validated(bench, Map.of())).isTrue();
    });
  }

  @Test
  void a_failed_change_leaves_the_values_before() {
    KitBench.play(bench -> {
      bench.call(create(Map.of()));
      bench.call(modify(Map.of("discard", "on")));
      bench.host.faults().failNext("write", Errno.EIO);
      bench.refused(Code.DATA_LOSS, modify(Map.of("discard", "off")));
      assertThat(settings(bench)).isEqualTo("{discard=on}");
      assertThat(validated(bench, Map.of("discard", "on"))).isTrue();
    });
  }

  @Test
  void a_volume_grows_after_a_change_whose_undo_failed() {
    KitBench.play(bench -> {
      bench.call(create(Map.of("discard", "off")));
      bench.host.faults().fail("write", SETTINGS, 1, Errno.EIO);
      bench.host.faults().fail("write", SETTINGS, 1, Errno.EIO);
      bench.refused(Code.DATA_LOSS, modify(Map.of("discard", "on")));
      bench.call(
          new ControllerExpandVolume(
              VOLUME, CapacityRange.atLeast(Bytes.mebi(80)), Secrets.NONE, KitBench.EXT4));
      assertThat(settings(bench)).isEqualTo("{discard=off}");
      bench.call(modify(Map.of("discard", "on")));
      assertThat(settings(bench)).isEqualTo("{discard=on}");
    });
  }

  @Test
  void a_repeated_create_is_compared_with_what_can_be_changed() {
    KitBench.play(bench -> {
      bench.call(create(Map.of("discard", "on")));
      bench.call(create(Map.of("discard", "on")));
      bench.refused(Code.ALREADY_EXISTS, create(Map.of("discard", "off")));
      bench.refused(Code.ALREADY_EXISTS, create(Map.of()));
    });
  }

  private static String settings(KitBench bench) {
    return bench.host.files().read(SETTINGS).orElse("");
  }

  private static CreateVolume create(Map<String, String> mutable) {
    return KitBench.volume(
        "v", new ContentSource.Empty(), CapacityRange.ANY, KitBench.EXT4, mutable);
  }

  private static ControllerModifyVolume modify(Map<String, String> mutable) {
    return new ControllerModifyVolume(VOLUME, Secrets.NONE, mutable);
  }
}
