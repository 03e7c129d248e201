package dev.moorage.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// All pages that people read.
final class Pages {
  private Pages() {}

  private static final Path ROOT = Path.of("..");
  private static final int FEWEST_PAGES = 12;
  private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern IN_TICKS = Pattern.compile("`([^`\\n]+)`");

  /// One page.
  record Page(Path file, String text) {
    String prose() {
      return CODE_BLOCK.matcher(text).replaceAll("");
    }

    /// What stands in back-ticks, code blocks apart.
    List<String> names() {
      return IN_TICKS.matcher(prose()).results().map(found -> found.group(1)).toList();
    }

    @Override
    public String toString() {
      return ROOT.relativize(file).toString();
    }
  }

  /// A row of a table, its cells stripped.
  record Row(List<String> cells) {
    String cell(int column) {
      return column < cells.size() ? cells.get(column) : "";
    }

    /// What stands in back-ticks in a cell.
    List<String> names(int column) {
      return IN_TICKS.matcher(cell(column)).results().map(found -> found.group(1)).toList();
    }
  }

  static List<Page> all() {
    var pages = new ArrayList<Page>();
    for (String name : List.of("README", "ARCHITECTURE", "CONTRIBUTING", "STYLE", "CHANGELOG"))
      pages.add(page(name + ".md"));
    pages.addAll(below("docs"));
    assertThat(pages).hasSizeGreaterThan(FEWEST_PAGES);
    return pages;
  }

  static Page page(String name) {
    var file = ROOT.resolve(name);
    return new Page(file, House.text(file));
  }

  static List<Page> below(String folder) {
    try (var files = Files.walk(ROOT.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(file -> new Page(file, House.text(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows of all tables of a page, heads and rulers apart.
  static List<Row> rows(Page page) {
    var rows = new ArrayList<Row>();
    var lines = page.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("|--");
      if (lines.get(i).startsWith("| ") && !head) rows.add(row(lines.get(i)));
    }
    return rows;
  }

  private static Row row(String line) {
    var cells = new ArrayList<String>();
    for (String cell : line.substring(1).split("\\|", -1)) cells.add(cell.strip());
    return new Row(List.copyOf(cells));
  }
}
