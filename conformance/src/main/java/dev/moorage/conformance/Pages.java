package dev.moorage.conformance;

import java.util.ArrayList;
import java.util.List;

/// Reads a list page by page.
final class Pages {
  private static final int MOST_PAGES = 10_000;

  private Pages() {}

  /// Asks for one page.
  interface Ask<E> {
    Page<E> page(int maxEntries, String token);
  }

  /// One page.
  record Page<E>(List<E> entries, String next) {
    Page {
      entries = List.copyOf(entries);
    }
  }

  /// All entries.
  ///
  /// @param maxEntries in one page; 0 for the driver's choice
  static <E> List<E> read(Bench b, Ask<E> ask, int maxEntries) {
    var all = new ArrayList<E>();
    var token = "";
    for (int i = 0; i < MOST_PAGES; i++) {
      var page = ask.page(maxEntries, token);
      b.must(
          maxEntries == 0 || page.entries().size() <= maxEntries,
          "a page of " + maxEntries + " entries at most",
          page.entries().size());
      all.addAll(page.entries());
      token = page.next();
      if (token.isEmpty()) return List.copyOf(all);
    }
    throw new Unmet("an end of the list", "more than " + MOST_PAGES + " pages");
  }
}
