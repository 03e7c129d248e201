package dev.moorage.driver;

import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.VolumeId;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Size limits and forbidden characters of requests (CSI specification, "Size Limits" and the name
/// fields of CreateVolume).
final class Limits {
  static final int STRING_BYTES = 128;
  static final int MAP_BYTES = 4096;
  static final int NODE_ID_BYTES = 256;

  private Limits() {}

  static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /// A text that must be there.
  static void required(String field, String text) {
    if (text.isEmpty()) throw Refusals.invalid(field + " is missing");
  }

  /// A volume's id that must be there.
  static void volume(VolumeId id) {
    required("volume_id", id.text());
    text("volume_id", id.text(), STRING_BYTES);
  }

  /// A snapshot's id that must be there.
  static void snapshot(String field, SnapshotId id) {
    required(field, id.text());
    text(field, id.text(), STRING_BYTES);
  }

  /// A group snapshot's id that must be there.
  static void group(GroupSnapshotId id) {
    required("group_snapshot_id", id.text());
    text("group_snapshot_id", id.text(), STRING_BYTES);
  }

  /// A limit of entries; 0 for none.
  static void most(String field, int most) {
    if (most < 0) throw Refusals.invalid(field + " is negative: " + most);
  }

  /// A text within its limit, without control characters.
  static void text(String field, String text, int mostBytes) {
    within(field, text, mostBytes);
    if (hasControls(text)) throw Refusals.invalid(field + " holds a control character");
  }

  /// A volume's name: tab, line feed and carriage return are allowed.
  static void name(String field, String text) {
    within(field, text, STRING_BYTES);
    if (hasControls(text.replaceAll("[\t\n\r]", "")))
      throw Refusals.invalid(field + " holds a forbidden control character");
  }

  static void map(String field, Map<String, String> map) {
    int bytes =
        map.entrySet().stream().mapToInt(e -> bytes(e.getKey()) + bytes(e.getValue())).sum();
    if (bytes > MAP_BYTES)
      throw Refusals.invalid(field + " has " + bytes + " bytes; at most " + MAP_BYTES);
  }

  private static void within(String field, String text, int most) {
    int bytes = bytes(text);
    if (bytes > most) throw Refusals.invalid(field + " has " + bytes + " bytes; at most " + most);
  }
}
