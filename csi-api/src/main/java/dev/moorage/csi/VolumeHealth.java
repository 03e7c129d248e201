package dev.moorage.csi;

import java.util.List;

/// What is wrong with a volume (CSI 1.13).
///
/// @param entries nothing adverse is known where this is empty
public record VolumeHealth(VolumeId volume, List<Entry> entries) {
  public VolumeHealth {
    entries = List.copyOf(entries);
  }

  /// One thing that is wrong.
  ///
  /// @param reason short and in CamelCase; with the status unique within the volume
  /// @param message for people; may be empty
  public record Entry(Status status, String reason, String message) {}

  /// How bad it is, with the numbers on the wire.
  public enum Status {
    /// A number that the words do not know.
    UNKNOWN(0),
    DEGRADED(1),
    /// From no node where the controller says so; from that node where a node does.
    INACCESSIBLE(2),
    DATA_LOSS(3);

    private final int number;

    Status(int number) {
      this.number = number;
    }

    /// The number on the wire.
    public int number() {
      return number;
    }
  }
}
