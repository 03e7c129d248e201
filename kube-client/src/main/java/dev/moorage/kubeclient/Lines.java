package dev.moorage.kubeclient;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The lines of a body, one JSON value each. Read by one task.
final class Lines {
  private static final int FIRST_ROOM = 4096;
  private static final int MOST_BYTES = 64 << 20;

  private final Incoming body;
  private byte[] room = new byte[FIRST_ROOM];
  private int filled;
  private int looked;

  Lines(Incoming body) {
    this.body = body;
  }

  /// Waits for the next line, without its end.
  ///
  /// @return nothing when it did not come in time
  /// @throws Over after the last line
  /// @throws IOException when the body breaks off
  byte @Nullable [] next(Duration atMost) throws IOException, Over {
    while (true) {
      var line = taken();
      if (line != null) return line;
      if (filled == room.length) grow();
      int count = body.poll(room, filled, room.length - filled);
      if (count < 0) throw end();
      filled += count;
      if (count == 0 && !body.await(atMost)) return null;
    }
  }

  private byte @Nullable [] taken() {
    for (; looked < filled; looked++) {
      if (room[looked] != '\n') continue;
      var line = Arrays.copyOf(room, looked);
      filled -= looked + 1;
      System.arraycopy(room, looked + 1, room, 0, filled);
      looked = 0;
      if (!isBlank(line)) return line;
      looked = -1; // the loop goes on at 0
    }
    return null;
  }

  /// Some servers send blank lines to see whether anybody listens.
  private static boolean isBlank(byte[] line) {
    for (byte one : line) if (one > ' ' || one < 0) return false;
    return true;
  }

  private void grow() throws IOException {
    if (room.length >= MOST_BYTES) throw new IOException("an event is too long");
    room = Arrays.copyOf(room, room.length * 2);
  }

  private Over end() throws IOException {
    if (!isBlank(Arrays.copyOf(room, filled))) throw new IOException("in the middle of an event");
    return new Over();
  }

  /// There are no more lines.
  static final class Over extends Exception {}
}
