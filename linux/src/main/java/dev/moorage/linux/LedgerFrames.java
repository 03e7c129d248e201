package dev.moorage.linux;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The form of a ledger's file.
///
/// A head of 16 bytes (eight letters, the version, a check sum), then frames. A frame is what one
/// sync made durable: its length, a check sum of the length, a check sum of the contents, the
/// contents; these are changes, each a key with an entry or without one. All numbers are
/// big-endian. At most one frame was not yet acknowledged when a process or the machine died: the
/// last one.
final class LedgerFrames {
  static final int HEAD_BYTES = 16;
  private static final String LETTERS = "MOORLEDG";
  private static final int VERSION = 1;
  private static final int FRAME_HEAD_BYTES = 12;

  private LedgerFrames() {}

  /// A key with its new entry, or without one.
  record Change(String key, Optional<Entry> entry) {}

  /// What a file holds.
  ///
  /// @param good the length up to which all is well; what follows was never acknowledged
  record Contents(TreeMap<String, Entry> entries, long good) {}

  static byte[] head() {
    return head(VERSION);
  }

  static byte[] head(int version) {
    var head = ByteBuffer.allocate(HEAD_BYTES).put(letters()).putInt(version);
    return head.putInt(sum(head.array(), 0, 12)).array();
  }

  static byte[] frame(List<Change> changes) {
    var contents = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(contents)) {
      out.writeInt(changes.size());
      for (var change : changes) write(out, change);
    } catch (IOException impossible) {
      throw new IllegalStateException("writing to memory", impossible);
    }
    var bytes = contents.toByteArray();
    var frame = ByteBuffer.allocate(FRAME_HEAD_BYTES + bytes.length).putInt(bytes.length);
    frame.putInt(sum(frame.array(), 0, 4)).putInt(sum(bytes, 0, bytes.length));
    return frame.put(bytes).array();
  }

  private static void write(DataOutputStream out, Change change) throws IOException {
    write(out, change.key());
    out.writeInt(change.entry().map(Entry::format).orElse(0));
    if (change.entry().isEmpty()) return;
    var texts = change.entry().get().texts();
    out.writeInt(texts.size());
    for (var text : texts.entrySet()) {
      write(out, text.getKey());
      write(out, text.getValue());
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Reads a file.
  ///
  /// @throws HostException EIO when it is damaged before its end, EINVAL when a newer version wrote
  ///   it or it is no ledger
  static Contents read(String path, byte[] file) {
    checkHead(path, file);
    var entries = new TreeMap<String, Entry>();
    int at = HEAD_BYTES;
    while (at < file.length) {
      var contents = contentsAt(file, at);
      if (contents.isEmpty()) {
        refuseDamageBefore(path, file, at);
        break;
      }
      apply(changes(path, at, contents.get()), entries);
      at += FRAME_HEAD_BYTES + contents.get().length;
    }
    return new Contents(entries, at);
  }

  static void apply(List<Change> changes, Map<String, Entry> entries) {
    for (var change : changes) {
      change
          .entry()
          .ifPresentOrElse(
              entry -> entries.put(change.key(), entry), () -> entries.remove(change.key()));
    }
  }

  private static void checkHead(String path, byte[] file) {
    if (file.length < HEAD_BYTES
        || !ByteBuffer.wrap(file, 0, 8).equals(ByteBuffer.wrap(letters()))) {
      throw Errnos.failure(Errno.EINVAL.number(), "opening " + path + ": it is no ledger");
    }
    var head = ByteBuffer.wrap(file);
    if (head.getInt(12) != sum(file, 0, 12)) throw damaged(path, 0);
    if (head.getInt(8) != VERSION) {
      throw Errnos.failure(
          Errno.EINVAL.number(),
          "opening " + path + ": its version is " + head.getInt(8) + ", known is " + VERSION);
    }
  }

  /// The contents of the frame at a place, when it is whole and its sums are right.
  private static Optional<byte[]> contentsAt(byte[] file, int at) {
    if (file.length - at < FRAME_HEAD_BYTES) return Optional.empty();
    var head = ByteBuffer.wrap(file);
    int length = head.getInt(at);
    if (head.getInt(at + 4) != sum(file, at, 4)) return Optional.empty();
    int start = at + FRAME_HEAD_BYTES;
    if (length < 4 || length > file.length - start) return Optional.empty();
    if (head.getInt(at + 8) != sum(file, start, length)) return Optional.empty();
    var contents = new byte[length];
    head.get(start, contents);
    return Optional.of(contents);
  }

  /// A torn end has nothing whole behind it. Where there is a whole frame behind, the broken one
  /// had been acknowledged: to cut here would lose what was promised.
  private static void refuseDamageBefore(String path, byte[] file, int at) {
    for (int later = at + 1; later < file.length; later++) {
      if (contentsAt(file, later).isPresent()) throw damaged(path, at);
    }
  }

  private static HostException damaged(String path, int at) {
    return Errnos.failure(
        Errno.EIO.number(),
        "reading " + path + ": damaged at byte " + at + "; bring it back from a copy");
  }

  private static List<Change> changes(String path, int at, byte[] contents) {
    try (var in = new DataInputStream(new ByteArrayInputStream(contents))) {
      var changes = new ArrayList<Change>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) changes.add(change(in));
      return changes;
    } catch (IOException tooShort) {
      throw damaged(path, at);
    }
  }

  private static Change change(DataInputStream in) throws IOException {
    var key = text(in);
    int format = in.readInt();
    if (format == 0) return new Change(key, Optional.empty());
    var texts = new TreeMap<String, String>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      var name = text(in);
      texts.put(name, text(in));
    }
    return new Change(key, Optional.of(new Entry(format, texts)));
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }

  private static int sum(byte[] bytes, int from, int length) {
    var sum = new CRC32C();
    sum.update(bytes, from, length);
    return (int) sum.getValue();
  }

  private static byte[] letters() {
    return LETTERS.getBytes(StandardCharsets.US_ASCII);
  }
}
