package dev.moorage.csi;

import dev.moorage.base.Bytes;
import java.util.List;

/// Which parts of a snapshot hold data, or differ from an older one: what a stream of the
/// SnapshotMetadata service has told, in the messages in which it did.
///
/// @param messages in the stream's order
public record BlockMetadata(List<Message> messages) {
  public BlockMetadata {
    messages = List.copyOf(messages);
  }

  /// One message of the stream.
  ///
  /// @param capacity size of the volume that the snapshot shows; the same in every message
  /// @param ranges ascending, never overlapping, across messages too
  public record Message(Type type, Bytes capacity, List<Range> ranges) {
    public Message {
      ranges = List.copyOf(ranges);
    }
  }

  /// A part of the volume, in bytes.
  ///
  /// @param offset zero or more
  /// @param size more than zero
  public record Range(long offset, long size) {
    /// The first byte behind it.
    public long end() {
      return offset + size;
    }
  }

  /// Whether all ranges have one size; with the numbers on the wire.
  public enum Type {
    /// Not said.
    UNKNOWN(0),
    FIXED_LENGTH(1),
    VARIABLE_LENGTH(2);

    private final int number;

    Type(int number) {
      this.number = number;
    }

    /// The number on the wire.
    public int number() {
      return number;
    }
  }

  /// All ranges, in order.
  public List<Range> ranges() {
    return messages.stream().flatMap(message -> message.ranges().stream()).toList();
  }
}
