package dev.moorage.csi;

import java.util.List;

/// `Node.NodeGetStorageHealth`: whether this node can use the storage at all (CSI 1.13).
public record NodeGetStorageHealth(Secrets secrets)
    implements CsiCall<NodeGetStorageHealth.Answer> {
  @Override
  public Class<NodeGetStorageHealth.Answer> answer() {
    return NodeGetStorageHealth.Answer.class;
  }

  /// What is wrong; nothing adverse was seen where this is empty.
  public record Answer(List<Entry> entries) {
    public Answer {
      entries = List.copyOf(entries);
    }
  }

  /// One thing that is wrong.
  ///
  /// @param reason short and in CamelCase
  /// @param message for people; may be empty
  /// @param capability only such volumes; [VolumeCapability#MISSING] for all
  public record Entry(Status status, String reason, String message, VolumeCapability capability) {}

  /// How bad it is, with the numbers on the wire.
  public enum Status {
    /// A number that the words do not know.
    UNKNOWN(0),
    DEGRADED(1),
    UNREACHABLE(2);

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
