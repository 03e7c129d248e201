package dev.moorage.driver;

import dev.moorage.csi.AccessMode;

/// How a volume is used: a supported capability without its mount flags.
///
/// @param fsType never empty
public record Use(String fsType, AccessMode mode) {

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
