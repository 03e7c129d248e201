package dev.moorage.csiwire.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What the specification and the kernel let a path be.
final class Paths {
  private Paths() {}

  /// Whether no driver may use it.
  static boolean wrong(String path) {
    return !path.startsWith("/")
        || path.indexOf('\0') >= 0
        || path.getBytes(StandardCharsets.UTF_8).length > 4095
        || parts(path).isEmpty()
        || parts(path).contains("..")
        || parts(path).contains(".");
  }

  /// Without doubled and trailing slashes.
  static String plain(String path) {
    return parts(path).stream().collect(Collectors.joining("/", "/", ""));
  }

  private static List<String> parts(String path) {
    return Arrays.stream(path.split("/")).filter(part -> !part.isEmpty()).toList();
  }

  /// Whether a driver that obeys the request stays in a folder.
  static boolean staysIn(String folder, String path) {
    return wrong(path) || plain(path).startsWith(folder + "/");
  }
}
