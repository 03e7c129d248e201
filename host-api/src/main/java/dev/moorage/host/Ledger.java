package dev.moorage.host;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Small durable state: keys with entries, checksummed; what [#put] and [#remove] have returned
/// from survives any crash.
public interface Ledger extends AutoCloseable {

  /// All entries by key.
  SortedMap<String, Entry> entries();

  /// One entry.
  default Optional<Entry> find(String key) {
    return Optional.ofNullable(entries().get(key));
  }

  /// Writes an entry; durable when this returns.
  void put(String key, Entry entry);

  /// Removes an entry; durable when this returns. A missing one is fine.
  void remove(String key);

  @Override
  void close();

  /// A sorted map of texts with the number of its format.
  ///
  /// @param format 1 or more; a reader refuses numbers that it does not know
  record Entry(int format, SortedMap<String, String> texts) {
    public Entry {
      texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /// An entry of format 1.
    public static Entry of(Map<String, String> texts) {
      return new Entry(1, new TreeMap<>(texts));
    }

    /// A text; empty where there is none.
    public String text(String name) {
      return texts.getOrDefault(name, "");
    }

    /// The same entry with one text set.
    public Entry with(String name, String text) {
      var more = new TreeMap<>(texts);
      more.put(name, text);
      return new Entry(format, more);
    }

    /// The same entry without one text.
    public Entry without(String name) {
      var less = new TreeMap<>(texts);
      less.remove(name);
      return new Entry(format, less);
    }
  }
}
