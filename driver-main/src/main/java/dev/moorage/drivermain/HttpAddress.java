package dev.moorage.drivermain;

import java.util.regex.Pattern;

/// Where health and metrics are asked for.
///
/// @param host empty for all addresses of this machine
/// @param port 0 for any free one
record HttpAddress(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^:\\[\\]]*)):([0-9]{1,5})");

  /// @throws WrongUse for another form than `ADDRESS:PORT`
  static HttpAddress parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches() || Integer.parseInt(form.group(3)) > 65_535)
      throw new WrongUse("--http-endpoint is like 127.0.0.1:9808 or :9808, not " + text);
    var bracketed = form.group(1);
    return new HttpAddress(
        bracketed == null ? String.valueOf(form.group(2)) : bracketed,
        Integer.parseInt(form.group(3)));
  }
}
