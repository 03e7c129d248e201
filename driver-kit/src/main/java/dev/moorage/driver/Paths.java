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

  /// A safe path at which a mount leaves the driver's own state alone: neither in it nor over it.
  static String outside(String field, String path, String stateDir) {
    var checked = checked(field, path);
    if (isIn(checked, stateDir) || isIn(stateDir, checked))
      throw Refusals.invalid(field + " " + checked + " meets the driver's own state folder");
    return checked;
  }

  private static boolean isIn(String path, String folder) {
    return (path + "/").startsWith(folder.endsWith("/") ? folder : folder + "/");
  }

  /// The folder that holds a checked path.
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }
}
