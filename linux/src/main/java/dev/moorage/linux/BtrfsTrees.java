package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.host.Subvolumes.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// What a btrfs says in its trees, as of its last commit.
///
/// Source: `include/uapi/linux/btrfs_tree.h` (keys and items), `btrfs.h` (struct
/// btrfs_ioctl_search_args).
final class BtrfsTrees {
  private static final long SEARCH = 0xd0009411L;
  private static final int SEARCH_BYTES = 4096;
  private static final int KEY_BYTES = 104;
  private static final int COUNT_AT = 64;
  private static final int HEADER_BYTES = 32;
  private static final long LOOK_UP = 0xd0009412L;
  private static final long FILESYSTEM = 0x8400941fL;

  private static final long ROOT_TREE = 1;
  private static final long QUOTA_TREE = 8;
  private static final int ROOT_ITEM = 132;
  private static final int ROOT_REF = 156;
  private static final int QGROUP_STATUS = 240;
  private static final int QGROUP_INFO = 242;
  private static final int QGROUP_LIMIT = 244;
  private static final long LIMIT_REFERRED = 1;
  private static final long LAST = -1; // unsigned

  /// The number of every subvolume's first folder.
  static final long FIRST_INODE = 256;

  private BtrfsTrees() {}

  /// The number of the subvolume that something is in.
  static long rootOf(Syscalls calls, Descriptor open) {
    var argument = new byte[SEARCH_BYTES];
    view(argument).putLong(8, FIRST_INODE);
    calls.ioctl(open, "asking for the subvolume of", LOOK_UP, argument);
    return view(argument).getLong(0);
  }

  /// What the filesystem is made of, by its own words.
  ///
  /// @param id in hexadecimal, with dashes
  /// @param node what an empty subvolume takes
  record Shape(String id, Bytes node) {}

  static Shape shape(Syscalls calls, Descriptor open) {
    var block = new byte[1024];
    calls.ioctl(open, "asking for the shape of the filesystem at", FILESYSTEM, block);
    var seen = view(block);
    var id = new StringBuilder(HexFormat.of().formatHex(block, 16, 32));
    for (int dash : List.of(20, 16, 12, 8)) id.insert(dash, '-');
    return new Shape(id.toString(), new Bytes(Integer.toUnsignedLong(seen.getInt(32))));
  }

  /// Whether a subvolume is there, or removed and not cleared away yet.
  static boolean hasRoot(Syscalls calls, Descriptor open, long root) {
    return !search(calls, open, ROOT_TREE, root, ROOT_ITEM, LAST).isEmpty();
  }

  /// The numbers of the subvolumes right inside one.
  static List<Long> inside(Syscalls calls, Descriptor open, long root) {
    return search(calls, open, ROOT_TREE, root, ROOT_REF, LAST).stream().map(Item::offset).toList();
  }

  /// The flags of the quotas.
  static long quotaStatus(Syscalls calls, Descriptor open) {
    var found = search(calls, open, QUOTA_TREE, 0, QGROUP_STATUS, LAST);
    return found.isEmpty() ? 0 : found.getFirst().number(16);
  }

  /// How full a subvolume is; what an empty one takes is not counted.
  static Usage usage(Syscalls calls, Descriptor open, long root) {
    var own = shape(calls, open).node();
    var limits = group(calls, open, root, QGROUP_LIMIT);
    boolean limited = !limits.isEmpty() && (limits.getFirst().number(0) & LIMIT_REFERRED) != 0;
    var spare = Btrfs.limitFor(Bytes.ZERO, own);
    var limit = limited ? new Bytes(limits.getFirst().number(8)).minusAtMost(spare) : Bytes.ZERO;
    var used = referred(calls, open, root).minusAtMost(own);
    int inside = 0;
    for (var todo = new ArrayList<>(inside(calls, open, root)); !todo.isEmpty(); inside++) {
      long one = todo.removeLast();
      used = used.plus(referred(calls, open, one));
      todo.addAll(inside(calls, open, one));
    }
    return new Usage(used, limit, inside);
  }

  private static Bytes referred(Syscalls calls, Descriptor open, long root) {
    var found = group(calls, open, root, QGROUP_INFO);
    return found.isEmpty() ? Bytes.ZERO : new Bytes(found.getFirst().number(8));
  }

  private static List<Item> group(Syscalls calls, Descriptor open, long root, int type) {
    return search(calls, open, QUOTA_TREE, 0, type, root).stream()
        .filter(item -> item.offset() == root)
        .toList();
  }

  /// One item of a tree.
  ///
  /// @param offset the last part of its key
  record Item(long offset, ByteBuffer content) {
    long number(int at) {
      return content.getLong(at);
    }
  }

  /// All items of one sort of one object.
  ///
  /// @param until the last offset; where it is a certain one, only that is looked for
  private static List<Item> search(
      Syscalls calls, Descriptor open, long tree, long object, int type, long until) {
    var found = new ArrayList<Item>();
    long from = until == LAST ? 0 : until;
    while (true) {
      var page = page(calls, open, new Sought(tree, object, type, from, until));
      found.addAll(page);
      if (page.isEmpty() || page.getLast().offset() == until) return List.copyOf(found);
      from = page.getLast().offset() + 1;
    }
  }

  private record Sought(long tree, long object, int type, long from, long until) {}

  private static List<Item> page(Syscalls calls, Descriptor open, Sought sought) {
    var block = new byte[SEARCH_BYTES];
    var argument = view(block);
    argument.putLong(0, sought.tree()).putLong(8, sought.object()).putLong(16, sought.object());
    argument.putLong(24, sought.from()).putLong(32, sought.until());
    argument.putLong(48, -1); // of whatever age
    argument.putInt(56, sought.type()).putInt(60, sought.type());
    argument.putInt(COUNT_AT, SEARCH_BYTES); // as many as fit
    calls.ioctl(open, "reading a tree of the filesystem at", SEARCH, block);
    var items = new ArrayList<Item>();
    int at = KEY_BYTES;
    for (int left = argument.getInt(COUNT_AT); left > 0; left--) {
      int length = argument.getInt(at + 28);
      var content = argument.slice(at + HEADER_BYTES, length).order(ByteOrder.LITTLE_ENDIAN);
      items.add(new Item(argument.getLong(at + 16), content));
      at += HEADER_BYTES + length;
    }
    return items;
  }

  private static ByteBuffer view(byte[] block) {
    return ByteBuffer.wrap(block).order(ByteOrder.nativeOrder());
  }
}
