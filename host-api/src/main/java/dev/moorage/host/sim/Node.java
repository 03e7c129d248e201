package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.host.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What stands in a filesystem.
sealed interface Node {

  /// A folder with its entries by name.
  final class Folder implements Node {
    final TreeMap<String, Node> entries = new TreeMap<>();

    /// What it is beside a folder where a btrfs subvolume begins here.
    @Nullable Subvolume subvolume;

    boolean readOnlySubvolume() {
      return subvolume != null && subvolume.readOnly();
    }

    /// Zero where there is none.
    Bytes limit() {
      return subvolume == null ? Bytes.ZERO : subvolume.limit();
    }
  }

  /// A subvolume's own settings.
  ///
  /// @param limit zero where there is none
  record Subvolume(Bytes limit, boolean readOnly) {}

  /// A file: a small text, an image with a filesystem, or a ledger.
  final class File implements Node {
    private static final Bytes BLOCK = new Bytes(4096);

    String text = "";
    Bytes size = Bytes.ZERO;
    Bytes hole = Bytes.ZERO; // what of it was never allocated
    Blocks blocks = Blocks.NEW;
    boolean linked = true;
    @Nullable Filesystem holds;
    List<LedgerRecord> ledger = new ArrayList<>();

    Bytes allocated() {
      return size.minusAtMost(hole).roundUpTo(BLOCK);
    }

    /// What it occupies that no other file shares.
    Bytes own() {
      return allocated().minusAtMost(blocks.shared());
    }

    /// Whether it reads as anything but zeros.
    boolean written() {
      return holds != null || !text.isEmpty() || !ledger.isEmpty();
    }

    /// What the file holds, as `Filesystems.probe` says it.
    Optional<String> content() {
      if (holds != null) return Optional.of(holds.type);
      return text.isEmpty() && ledger.isEmpty() ? Optional.empty() : Optional.of("unknown");
    }
  }

  /// Blocks that several files may share; what one of them got later is its own.
  ///
  /// @param place where they are; 0 while nobody has asked
  record Blocks(long place, Bytes shared) {
    static final Blocks NEW = new Blocks(0, Bytes.ZERO);
  }

  /// A block device's node; it stays when the device is detached.
  record Device(String path, int minor) implements Node {}

  /// A socket's file; who listens is not the kernel's concern here.
  record Socket() implements Node {}

  /// One change of a ledger in its file.
  ///
  /// @param entry empty for a removal
  record LedgerRecord(String key, Optional<Ledger.Entry> entry, State state) {
    enum State {
      WHOLE,
      TORN,
      DAMAGED,
      NEWER
    }

    Bytes length() {
      long texts =
          entry.stream()
              .flatMap(e -> e.texts().entrySet().stream())
              .mapToLong(text -> text.getKey().length() + text.getValue().length() + 8L)
              .sum();
      return new Bytes(16 + key.length() + texts);
    }

    LedgerRecord as(State other) {
      return new LedgerRecord(key, entry, other);
    }
  }
}
