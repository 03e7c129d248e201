package dev.moorage.driver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// Paths that come from outside.
final class Paths {
  private static final int MOST_BYTES = 4095;

  private Paths() {}

  /// A path that is safe to use: absolute, not `/` itself, without `.`, `..` and NUL; doubled and
  /// trailing slashes are taken out, so that it can be compared with the kernel's table.
  static String checked(String field, String path) {
    if (path.indexOf('\0') >= 0) throw Refusals.invalid(field + " holds a NUL character");
    if (!path.startsWith("/")) throw Refusals.invalid(field + " is not absolute: " + path);
    if (path.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES)
      throw Refusals.invalid(field + " exceeds " + MOST_BYTES + " bytes");
    var parts = new ArrayList<String>();
    for (var part : path.split("/", -1)) {
      if (part.equals("..") || part.equals("."))
        throw Refusals.invalid(field + " holds '" + part + "': " + path);
      if (!part.isEmpty()) parts.add(part);
    }
    if (parts.isEmpty()) throw Refusals.invalid(field + " is the root folder");
    return "/" + String.join("/", parts);
  }
}
