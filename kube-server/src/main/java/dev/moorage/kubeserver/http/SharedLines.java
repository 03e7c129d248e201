package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.TreeJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The latest lines of watches: what many clients watch at the same time is written as JSON once.
final class SharedLines {
  private static final int KEPT = 512; // lines; a power of two

  private final @Nullable Line[] lines = new Line[KEPT]; // guarded by this

  /// A line that was written.
  private static final class Line {
    private final String type;
    private final Tree object;
    private final byte[] bytes;

    private Line(String type, Tree object, byte[] bytes) {
      this.type = type;
      this.object = object;
      this.bytes = bytes;
    }
  }

  /// The line that tells an object as it is. A known one is told by the very object, not by an
  /// equal one: to find that out would take as long as to write it.
  @SuppressWarnings("ReferenceEquality")
  byte[] plain(String type, Tree object) {
    int place = System.identityHashCode(object) & (KEPT - 1);
    var known = at(place);
    if (known != null && known.object == object && known.type.equals(type)) return known.bytes;
    var bytes = written(Rendering.event(type, object));
    keep(place, new Line(type, object, bytes));
    return bytes;
  }

  private synchronized @Nullable Line at(int place) {
    return lines[place];
  }

  private synchronized void keep(int place, Line line) {
    lines[place] = line;
  }

  static byte[] written(Tree line) {
    var text = TreeJson.bytes(line);
    var bytes = Arrays.copyOf(text, text.length + 1);
    bytes[text.length] = '\n';
    return bytes;
  }
}
