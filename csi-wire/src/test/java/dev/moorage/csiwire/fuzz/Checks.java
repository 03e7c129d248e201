package dev.moorage.csiwire.fuzz;

import csi.v1.CsiProto.CapacityRange;
import csi.v1.CsiProto.VolumeCapability;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is wrong with parts of requests, whatever exists: after the specification's "Size Limits"
/// and "REQUIRED" remarks.
final class Checks {
  private static final int MOST = 128;
  private static final int MOST_MAP = 4096;
  private static final List<String> PARAMETERS =
      List.of("label", "provisioning", "xfs.reflink", "ext4.inodeRatio", "btrfs.metadata");
  private static final List<String> MUTABLE = List.of("discard", "reserve");

  private Checks() {}

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static boolean controls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  static boolean wrongId(String id) {
    return id.isEmpty() || bytes(id) > MOST;
  }

  static boolean wrongName(String name) {
    return wrongId(name) || controls(name.replaceAll("[\t\n\r]", ""));
  }

  static boolean large(Map<String, String> map) {
    return map.entrySet().stream().mapToInt(e -> bytes(e.getKey()) + bytes(e.getValue())).sum()
        > MOST_MAP;
  }

  static boolean longer(String text, int most) {
    return bytes(text) > most;
  }

  static boolean negative(CapacityRange range) {
    return range.getRequiredBytes() < 0 || range.getLimitBytes() < 0;
  }

  static boolean contradictory(CapacityRange range) {
    return range.getLimitBytes() > 0 && range.getRequiredBytes() > range.getLimitBytes();
  }

  static boolean unset(CapacityRange range) {
    return range.getRequiredBytes() == 0 && range.getLimitBytes() == 0;
  }

  static boolean holds(CapacityRange range, long size) {
    return size >= range.getRequiredBytes()
        && (range.getLimitBytes() == 0 || size <= range.getLimitBytes());
  }

  /// Without access type or mode, or with a text that is too long.
  static boolean incomplete(VolumeCapability capability) {
    int mode = capability.getAccessMode().getModeValue();
    return capability.getAccessTypeCase() == VolumeCapability.AccessTypeCase.ACCESSTYPE_NOT_SET
        || mode < 1
        || mode > 7
        || bytes(capability.getMount().getFsType()) > MOST
        || controls(capability.getMount().getFsType());
  }

  /// What no driver of ours can give; mount flags apart.
  static boolean unusable(VolumeCapability capability) {
    return incomplete(capability)
        || !capability.getMount().getVolumeMountGroup().isEmpty()
        || !List.of("", "xfs", "ext4", "btrfs").contains(capability.getMount().getFsType());
  }

  /// Whether a capability that may be left out says anything that can be understood.
  static boolean says(VolumeCapability capability) {
    int mode = capability.getAccessMode().getModeValue();
    return capability.getAccessTypeCase() != VolumeCapability.AccessTypeCase.ACCESSTYPE_NOT_SET
        || (mode >= 1 && mode <= 7);
  }

  /// Flags that may be refused.
  static boolean flags(VolumeCapability capability) {
    return capability.getMount().getMountFlagsCount() > 0;
  }

  static String use(VolumeCapability capability) {
    if (capability.hasBlock()) return "block";
    var type = capability.getMount().getFsType();
    return type.isEmpty() ? "xfs" : type;
  }

  static boolean unknownParameters(Map<String, String> parameters) {
    return parameters.keySet().stream()
        .anyMatch(key -> !key.startsWith("csi.storage.k8s.io/") && !PARAMETERS.contains(key));
  }

  static boolean unknownMutable(Map<String, String> parameters) {
    return !MUTABLE.containsAll(new TreeMap<>(parameters).keySet());
  }
}
