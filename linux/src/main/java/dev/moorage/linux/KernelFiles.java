package dev.moorage.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads, and seldom writes, the kernel's own text files under `/proc` and `/sys`. They never
/// block, and may vanish at any moment: what is gone is empty.
final class KernelFiles {
  private KernelFiles() {}

  /// The whole text.
  static Optional<String> text(String path) {
    try {
      return Optional.of(new String(Files.readAllBytes(Path.of(path)), StandardCharsets.UTF_8));
    } catch (IOException _) {
      // A process that ends in the middle of reading shows as "no such process", not as missing.
      return Optional.empty();
    }
  }

  /// The text without its line end.
  static Optional<String> line(String path) {
    return text(path)
        .map(text -> text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
  }

  /// Writes a setting.
  static void write(String path, String text) {
    try {
      Files.writeString(Path.of(path), text, StandardOpenOption.WRITE);
    } catch (IOException failed) {
      throw Errnos.failure(failed, "writing " + text + " to " + path);
    }
  }

  /// Names in a folder.
  static List<String> names(String folder) {
    var names = new ArrayList<String>();
    try (var entries = Files.newDirectoryStream(Path.of(folder))) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (IOException _) {
      return List.of();
    }
    return names.stream().sorted().toList();
  }

  /// What a link says.
  static Optional<String> link(String path) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of(path)).toString());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// Whether something stands there.
  static boolean exists(String path) {
    return Files.exists(Path.of(path));
  }
}
