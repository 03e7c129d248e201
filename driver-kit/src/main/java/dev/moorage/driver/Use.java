package dev.moorage.driver;

import dev.moorage.csi.AccessMode;

/// How a volume is used: a supported capability without its mount flags.
///
/// @param fsType never empty; [#BLOCK] for a raw block device
public record Use(String fsType, AccessMode mode) {
  /// In place of a filesystem's type: none.
  public static final String BLOCK = "block";

  /// Whether this is a raw block device.
  public boolean block() {
    return fsType.equals(BLOCK);
  }

  /// `xfs SINGLE_NODE_WRITER`.
  @Override
  public String toString() {
    return fsType + " " + mode;
  }

  static Use parse(String text) {
    int blank = text.indexOf(' ');
    return new Use(text.substring(0, blank), AccessMode.valueOf(text.substring(blank + 1)));
  }
}
