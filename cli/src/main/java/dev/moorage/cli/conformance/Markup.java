package dev.moorage.cli.conformance;

/// Text for XML and HTML.
final class Markup {
  private Markup() {}

  /// Escaped; characters that XML cannot hold become question marks.
  static String of(String text) {
    var escaped = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\n', '\t' -> escaped.appendCodePoint(point);
            default -> escaped.appendCodePoint(allowed(point) ? point : '?');
          }
        });
    return escaped.toString();
  }

  private static boolean allowed(int point) {
    return point >= 0x20
        && !(point >= 0x7f && point <= 0x9f)
        && !(point >= 0xd800 && point <= 0xdfff)
        && point != 0xfffe
        && point != 0xffff;
  }
}
