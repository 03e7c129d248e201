package dev.moorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WishTest {
  private static final Support SUPPORT = new Support(List.of("xfs", "ext4"), Support.ONE_NODE);
  private static final VolumeCapability RWO =
      VolumeCapability.mount("", AccessMode.SINGLE_NODE_WRITER);
  private static final Parameter LABEL =
      new Parameter("label", "letters", v -> v.matches("[a-z]+"));

  private static final Offer OFFER =
      new Offer(SUPPORT, List.of(LABEL), List.of(LABEL), true, false);

  @Test
  void a_complete_request_passes_with_defaults_filled_in() {
    var wish =
        checked(request("v", RWO, Map.of("label", "abc", "csi.storage.k8s.io/pvc/name", "c")));
    assertThat(wish.asked().uses()).containsExactly(new Use("xfs", AccessMode.SINGLE_NODE_WRITER));
    assertThat(wish.asked().parameters()).containsExactly(Map.entry("label", "abc"));
  }

  @Test
  void what_is_missing_is_named() {
    check(request("", RWO, Map.of()), "name is missing");
    check(request("v", List.of(), Map.of(), CapacityRange.ANY), "volume_capabilities are missing");
    check(request("v", VolumeCapability.MISSING, Map.of()), "volume_capability is missing");
    var noType = new VolumeCapability(new Access.Missing(), AccessMode.SINGLE_NODE_WRITER);
    check(request("v", noType, Map.of()), "the capability's access_type is missing");
    var noMode = VolumeCapability.mount("", AccessMode.UNKNOWN);
    check(request("v", noMode, Map.of()), "the capability's access_mode is missing");
  }

  @Test
  void limits_of_the_specification_hold() {
    assertThat(checked(request("n".repeat(128), RWO, Map.of())).name()).hasSize(128);
    check(request("n".repeat(129), RWO, Map.of()), "name has 129 bytes; at most 128");
    check(request("ü".repeat(65), RWO, Map.of()), "name has 130 bytes; at most 128");
    assertThat(checked(request("a\tb\nc\rd", RWO, Map.of())).name()).hasSize(7);
    check(request("a\u0007", RWO, Map.of()), "name holds a forbidden control character");
    check(request("a\u0085", RWO, Map.of()), "name holds a forbidden control character");
    check(
        request("v", RWO, Map.of("label", "x".repeat(5000))),
        "parameters has 5005 bytes; at most 4096");
  }

  @Test
  void what_is_not_supported_is_named_with_what_is() {
    check(
        request("v", VolumeCapability.mount("btrfs", AccessMode.SINGLE_NODE_WRITER), Map.of()),
        "filesystem btrfs is not supported; supported: [xfs, ext4]");
    check(
        request("v", VolumeCapability.mount("", AccessMode.MULTI_NODE_MULTI_WRITER), Map.of()),
        "access mode MULTI_NODE_MULTI_WRITER is not supported; supported: " + Support.ONE_NODE);
    check(
        request(
            "v", new VolumeCapability(new Access.Block(), AccessMode.SINGLE_NODE_WRITER), Map.of()),
        "raw block volumes are not supported");
    check(request("v", RWO, Map.of("fast", "yes")), "unknown parameter 'fast'; allowed: label");
    check(
        request("v", RWO, Map.of("label", "7")),
        "parameter 'label' does not take '7'; it takes letters");
    check(
        request(
            "v",
            List.of(RWO, VolumeCapability.mount("ext4", AccessMode.SINGLE_NODE_WRITER)),
            Map.of(),
            CapacityRange.ANY),
        "one volume cannot be both xfs and ext4");
  }

  @Test
  void a_range_that_contradicts_itself_is_out_of_range() {
    var range = new CapacityRange(Bytes.gibi(2), Bytes.gibi(1));
    var refused = refusal(request("v", List.of(RWO), Map.of(), range));
    assertThat(refused.code()).isEqualTo(Code.OUT_OF_RANGE);
    assertThat(refused).hasMessage("required_bytes 2Gi exceeds limit_bytes 1Gi");
  }

  @Test
  void a_source_and_what_can_be_changed_are_checked() {
    var snapshot = new ContentSource.Snapshot(new SnapshotId("s"));
    var asked = checked(request(snapshot, Map.of("label", "abc"))).asked();
    assertThat(asked.source()).isEqualTo(snapshot);
    assertThat(asked.mutable()).containsExactly(Map.entry("label", "abc"));
    check(
        request(new ContentSource.Snapshot(new SnapshotId("")), Map.of()),
        "the source's snapshot_id is missing");
    check(
        request(new ContentSource.Volume(new VolumeId("v")), Map.of()),
        "a volume as source is not supported");
    check(request(snapshot, Map.of("x", "y")), "unknown mutable parameter 'x'; allowed: label");
    check(
        request(snapshot, Map.of("label", "7")),
        "mutable parameter 'label' does not take '7'; it takes letters");
    var plain = new Offer(SUPPORT, List.of(LABEL), List.of(), false, true);
    assertThatExceptionOfType(CsiException.class)
        .isThrownBy(() -> Wish.checked(request(snapshot, Map.of()), plain))
        .withMessage("a snapshot as source is not supported");
    var empty = new ContentSource.Empty();
    assertThatExceptionOfType(CsiException.class)
        .isThrownBy(() -> Wish.checked(request(empty, Map.of("label", "a")), plain))
        .withMessage("mutable_parameters are not supported");
  }

  private static CreateVolume request(ContentSource source, Map<String, String> mutable) {
    return new CreateVolume(
        "v",
        CapacityRange.ANY,
        List.of(RWO),
        Map.of(),
        Secrets.NONE,
        source,
        TopologyRequirement.NONE,
        mutable);
  }

  private static void check(CreateVolume call, String message) {
    var refused = refusal(call);
    assertThat(refused.code()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused).hasMessage(message);
  }

  private static CsiException refusal(CreateVolume call) {
    return catchThrowableOfType(CsiException.class, () -> checked(call));
  }

  private static Wish checked(CreateVolume call) {
    return Wish.checked(call, OFFER);
  }

  private static CreateVolume request(
      String name, VolumeCapability capability, Map<String, String> parameters) {
    return request(name, List.of(capability), parameters, CapacityRange.ANY);
  }

  private static CreateVolume request(
      String name,
      List<VolumeCapability> capabilities,
      Map<String, String> parameters,
      CapacityRange range) {
    return new CreateVolume(
        name,
        range,
        capabilities,
        parameters,
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }
}
