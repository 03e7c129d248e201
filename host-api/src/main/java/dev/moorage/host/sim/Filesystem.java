package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A filesystem, mounted or not: it lives in its image.
final class Filesystem {
  private static final Bytes OWN = Bytes.mebi(1);
  private static final long BYTES_PER_INODE = 16384;

  final String type;
  final int sectorBytes;
  final @Nullable Filesystem below; // the one that holds the image
  final Node.Folder root = new Node.Folder();
  private final List<Runnable> unsynced = new ArrayList<>(); // how to take each change back
  Bytes size;

  Filesystem(String type, Bytes size, int sectorBytes, @Nullable Filesystem below) {
    this.type = type;
    this.size = size;
    this.sectorBytes = sectorBytes;
    this.below = below;
  }

  /// What statfs calls the size: less what the filesystem keeps for itself.
  Bytes total() {
    return type.equals("xfs")
        ? size.minusAtMost(Bytes.mebi(64))
        : size.minusAtMost(new Bytes(size.count() / 16));
  }

  Bytes used() {
    return OWN.plus(occupied(root));
  }

  Bytes available() {
    return total().minusAtMost(used());
  }

  long inodes() {
    return total().count() / BYTES_PER_INODE;
  }

  long inodesUsed() {
    return count(root);
  }

  private static Bytes occupied(Node node) {
    return switch (node) {
      case Node.Folder folder ->
          folder.entries.values().stream()
              .map(Filesystem::occupied)
              .reduce(Bytes.ZERO, Bytes::plus);
      case Node.File file -> file.allocated();
      case Node.Device _, Node.Socket _ -> Bytes.ZERO;
    };
  }

  private static long count(Node node) {
    return node instanceof Node.Folder folder
        ? 1 + folder.entries.values().stream().mapToLong(Filesystem::count).sum()
        : 1;
  }

  /// Notes a change that a power cut takes back unless it is synced before.
  void changed(Runnable takeBack) {
    unsynced.add(takeBack);
  }

  /// Makes all changes durable, down to the disk.
  void sync() {
    unsynced.clear();
    if (below != null) below.sync();
  }

  void losePower() {
    unsynced.reversed().forEach(Runnable::run);
    unsynced.clear();
  }
}
