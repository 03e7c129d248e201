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
  }

  /// A file: a small text, an image with a filesystem, or a ledger.
  final class File implements Node {
    private static final Bytes BLOCK = new Bytes(4096);

    String text = "";
    Bytes size = Bytes.ZERO;
    boolean linked = true;
    @Nullable Filesystem holds;
    List<LedgerRecord> ledger = new ArrayList<>();

    Bytes allocated() {
      return size.roundUpTo(BLOCK);
    }

    /// What the file holds, as `Filesystems.probe` says it.
    Optional<String> content() {
      if (holds != null) return Optional.of(holds.type);
      return text.isEmpty() && ledger.isEmpty() ? Optional.empty() : Optional.of("unknown");
    }
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
