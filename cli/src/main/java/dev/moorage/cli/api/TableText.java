package dev.moorage.cli.api;

import java.util.ArrayList;
import java.util.List;

/// Lines in columns, as kubectl sets them. A column keeps its width from one call to the next, and
/// only grows.
final class TableText {
  private static final int NARROWEST = 6;
  private static final int GAP = 3;

  private final List<Integer> widths = new ArrayList<>();

  /// @param rows each with its cells; the last cell of a row is not filled up
  List<String> lines(List<List<String>> rows) {
    rows.forEach(this::widen);
    return rows.stream().map(this::line).toList();
  }

  private void widen(List<String> row) {
    for (int i = 0; i < row.size() - 1; i++) {
      if (widths.size() == i) widths.add(NARROWEST);
      widths.set(i, Math.max(widths.get(i), length(row.get(i)) + GAP));
    }
  }

  private String line(List<String> row) {
    var line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i < row.size() - 1) line.repeat(' ', widths.get(i) - length(row.get(i)));
    }
    return line.toString();
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
