package dev.moorage.kubeserver.http;

import java.util.Arrays;

/// Reads the fields of one protobuf message, one after the other.
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED_32 = 5;

  private final byte[] bytes;
  private int at;

  ProtobufReader(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /// Bytes that are no protobuf.
  static final class Malformed extends RuntimeException {
    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /// One field: a number, or bytes.
  static final class Field {
    private final int number;
    private final long value;
    private final byte[] bytes;

    private Field(int number, long value, byte[] bytes) {
      this.number = number;
      this.value = value;
      this.bytes = bytes;
    }

    int number() {
      return number;
    }

    long value() {
      return value;
    }

    byte[] bytes() {
      return bytes.clone();
    }

    /// Whether it is what Go writes of a field that was not set.
    boolean isZero() {
      return value == 0 && bytes.length == 0;
    }
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  Field field() {
    long key = varint();
    int number = (int) (key >>> 3);
    return switch ((int) (key & 7)) {
      case VARINT -> new Field(number, varint(), new byte[0]);
      case FIXED_64 -> new Field(number, 0, take(Long.BYTES));
      case LENGTH -> new Field(number, 0, take(varint()));
      case FIXED_32 -> new Field(number, 0, take(Integer.BYTES));
      default -> throw new Malformed("a protobuf field of an unknown type");
    };
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!hasMore()) throw new Malformed("a protobuf message that ends too early");
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) return value;
    }
    throw new Malformed("a protobuf number of more than 64 bits");
  }

  private byte[] take(long length) {
    if (length < 0 || length > bytes.length - at)
      throw new Malformed("a protobuf message that ends too early");
    var taken = Arrays.copyOfRange(bytes, at, at + (int) length);
    at += (int) length;
    return taken;
  }
}
