package dev.moorage.csi;

import java.util.List;
import java.util.Optional;

/// Access modes with their numbers on the wire.
public enum AccessMode {
  UNKNOWN(0),
  SINGLE_NODE_WRITER(1),
  SINGLE_NODE_READER_ONLY(2),
  MULTI_NODE_READER_ONLY(3),
  MULTI_NODE_SINGLE_WRITER(4),
  MULTI_NODE_MULTI_WRITER(5),
  SINGLE_NODE_SINGLE_WRITER(6),
  SINGLE_NODE_MULTI_WRITER(7);

  private final int number;

  AccessMode(int number) {
    this.number = number;
  }

  /// The number on the wire.
  public int number() {
    return number;
  }

  /// Whether several nodes may use the volume at once.
  public boolean multiNode() {
    return this == MULTI_NODE_READER_ONLY
        || this == MULTI_NODE_SINGLE_WRITER
        || this == MULTI_NODE_MULTI_WRITER;
  }

  /// Whether the mode only reads.
  public boolean readOnly() {
    return this == SINGLE_NODE_READER_ONLY || this == MULTI_NODE_READER_ONLY;
  }

  /// The mode for a volume's Kubernetes access modes (`ReadWriteOnce`, `ReadOnlyMany`,
  /// `ReadWriteMany`, `ReadWriteOncePod`), as the official sidecars map them.
  ///
  /// @param modes the access modes of a PersistentVolume together
  /// @param singleNodeMultiWriter whether the driver has the capability SINGLE_NODE_MULTI_WRITER
  /// @return empty for no modes, unknown ones, and combinations that have no CSI mode
  public static Optional<AccessMode> of(List<String> modes, boolean singleNodeMultiWriter) {
    if (modes.contains("ReadWriteOncePod"))
      return modes.stream().allMatch("ReadWriteOncePod"::equals)
          ? Optional.of(singleNodeMultiWriter ? SINGLE_NODE_SINGLE_WRITER : SINGLE_NODE_WRITER)
          : Optional.empty();
    if (modes.contains("ReadWriteMany")) return Optional.of(MULTI_NODE_MULTI_WRITER);
    if (modes.contains("ReadOnlyMany"))
      return modes.contains("ReadWriteOnce")
          ? Optional.empty()
          : Optional.of(MULTI_NODE_READER_ONLY);
    if (!modes.contains("ReadWriteOnce")) return Optional.empty();
    return Optional.of(singleNodeMultiWriter ? SINGLE_NODE_MULTI_WRITER : SINGLE_NODE_WRITER);
  }
}
