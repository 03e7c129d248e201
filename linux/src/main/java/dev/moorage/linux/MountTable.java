package dev.moorage.linux;

import dev.moorage.host.Mounts.Mount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The lines of `/proc/self/mountinfo`.
///
/// Source: `proc_pid_mountinfo(5)`: id, parent, major:minor, root, target, options, optional
/// fields, a dash, type, source, the filesystem's options.
record MountTable(List<Line> lines) {

  /// One line: the mount as others see it, and what only this module wants to know.
  ///
  /// @param shared whether its mounts are seen by others
  /// @param options of this mount, not of its filesystem
  record Line(Mount mount, boolean shared, List<String> options) {}

  /// Reads the table. A line that is no mount (there is none) would be left out.
  static MountTable of(String text) {
    var lines = new ArrayList<Line>();
    for (var line : text.split("\n", -1)) line(line).ifPresent(lines::add);
    return new MountTable(List.copyOf(lines));
  }

  /// All mounts in the kernel's order.
  List<Mount> mounts() {
    return lines.stream().map(Line::mount).toList();
  }

  /// The topmost mount at exactly this path.
  Optional<Line> at(String target) {
    return lines.stream()
        .filter(line -> line.mount().target().equals(target))
        .reduce((_, last) -> last);
  }

  /// Reads one line; empty for what is no mount.
  static Optional<Line> line(String text) {
    var fields = Arrays.asList(text.split(" ", -1));
    int dash = fields.indexOf("-");
    if (dash < 6 || fields.size() < dash + 3) return Optional.empty();
    var options = List.of(fields.get(5).split(",", -1));
    var superOptions =
        fields.size() > dash + 3 ? List.of(fields.get(dash + 3).split(",", -1)) : List.<String>of();
    var mount =
        new Mount(
            fields.get(2),
            unescaped(fields.get(3)),
            unescaped(fields.get(4)),
            unescaped(fields.get(dash + 1)),
            unescaped(fields.get(dash + 2)),
            options.contains("ro") || superOptions.contains("ro"));
    boolean shared =
        fields.subList(6, dash).stream().anyMatch(field -> field.startsWith("shared:"));
    return Optional.of(new Line(mount, shared, options));
  }

  /// The kernel writes blanks, tabs, line ends, backslashes and hashes as three octal digits.
  static String unescaped(String field) {
    if (field.indexOf('\\') < 0) return field;
    var bytes = field.getBytes(StandardCharsets.UTF_8);
    var plain = new byte[bytes.length];
    int length = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\\' && isOctal(bytes, i + 1)) {
        plain[length++] = (byte) Integer.parseInt(field(bytes, i + 1), 8);
        i += 3;
      } else {
        plain[length++] = bytes[i];
      }
    }
    return new String(plain, 0, length, StandardCharsets.UTF_8);
  }

  private static boolean isOctal(byte[] bytes, int from) {
    if (from + 3 > bytes.length) return false;
    for (int i = from; i < from + 3; i++) {
      if (bytes[i] < '0' || bytes[i] > '7') return false;
    }
    return true;
  }

  private static String field(byte[] bytes, int from) {
    return new String(bytes, from, 3, StandardCharsets.US_ASCII);
  }
}
