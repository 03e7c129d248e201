package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A filesystem, mounted or not: it lives in its image.
final class Filesystem {
  private static final Bytes OWN = Bytes.mebi(1);
  private static final long BYTES_PER_INODE = 16384;

  final String type;
  final int sectorBytes;
  final @Nullable Filesystem below; // the one that holds the image
  final Node.Folder root = new Node.Folder();
  boolean quota;
  private final List<Runnable> unsynced = new ArrayList<>(); // how to take each change back
  private final Stamps stamps;
  Bytes size;
  long id;
  private long lastChange;
  boolean frozen;
  boolean unreplayed; // its journal holds what its blocks do not

  Filesystem(String type, Bytes size, int sectorBytes, @Nullable Filesystem below, Stamps stamps) {
    this.type = type;
    this.size = size;
    this.sectorBytes = sectorBytes;
    this.below = below;
    this.stamps = stamps;
    renewId();
  }

  void renewId() {
    id = stamps.next();
    lastChange = stamps.next();
  }

  /// Becomes what another filesystem is now: its id, its content. Files in it are made by the
  /// caller.
  void becomeLike(Filesystem other, boolean active) {
    id = other.id;
    lastChange = other.lastChange;
    unreplayed = other.unreplayed || (active && (type.equals("xfs") || !other.frozen));
  }

  /// Another number after each change of its content.
  long lastChange() {
    return lastChange;
  }

  /// What statfs calls the size: less what the filesystem keeps for itself.
  Bytes total() {
    return type.equals("xfs")
        ? size.minusAtMost(Bytes.mebi(64))
        : size.minusAtMost(new Bytes(size.count() / 16));
  }

  Bytes used() {
    return OWN.plus(occupied(root, new HashSet<>()));
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

  private static Bytes occupied(Node node, Set<Node.Blocks> counted) {
    return switch (node) {
      case Node.Folder folder ->
          folder.entries.values().stream()
              .map(entry -> occupied(entry, counted))
              .reduce(Bytes.ZERO, Bytes::plus);
      case Node.File file ->
          counted.add(file.blocks) ? file.own().plus(file.blocks.shared()) : file.own();
      case Node.Device _, Node.Socket _ -> Bytes.ZERO;
    };
  }

  /// What a subvolume refers to, alone or together with others.
  static Bytes referredBy(Node.Folder subvolume) {
    return occupied(subvolume, new HashSet<>());
  }

  /// The same without the subvolumes inside it.
  static Bytes ownOf(Node.Folder subvolume) {
    return own(subvolume, new HashSet<>());
  }

  private static Bytes own(Node.Folder folder, Set<Node.Blocks> counted) {
    var own = Bytes.ZERO;
    for (var entry : folder.entries.values())
      if (!(entry instanceof Node.Folder below)) own = own.plus(occupied(entry, counted));
      else if (below.subvolume == null) own = own.plus(own(below, counted));
    return own;
  }

  private static long count(Node node) {
    return node instanceof Node.Folder folder
        ? 1 + folder.entries.values().stream().mapToLong(Filesystem::count).sum()
        : 1;
  }

  /// Notes a change that a power cut takes back unless it is synced before.
  void changed(Runnable takeBack) {
    lastChange = stamps.next();
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
