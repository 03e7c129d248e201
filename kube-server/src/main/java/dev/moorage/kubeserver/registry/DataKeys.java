package dev.moorage.kubeserver.registry;

import java.util.regex.Pattern;

/// What config maps and secrets have in common: free keys, and a limit for all values together.
final class DataKeys {
  private DataKeys() {}

  /// Bytes of all values of one object.
  static final int BYTES_AT_MOST = 1024 * 1024;

  private static final String FORM = "[-._a-zA-Z0-9]+";
  private static final Pattern KEY = Pattern.compile(FORM);
  private static final int KEY_AT_MOST = 253;

  /// @param map the field that has the key
  static void check(String map, String key, Problems problems) {
    var field = map + "[" + key + "]";
    if (key.length() > KEY_AT_MOST)
      problems.invalid(field, key, "must be no more than " + KEY_AT_MOST + " characters");
    if (!KEY.matcher(key).matches())
      problems.invalid(
          field,
          key,
          "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g."
              + " 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '"
              + FORM
              + "')");
    else if (key.equals(".")) problems.invalid(field, key, "must not be '.'");
    else if (key.startsWith(".."))
      problems.invalid(
          field, key, key.equals("..") ? "must not be '..'" : "must not start with '..'");
  }

  /// The size of bytes in base64.
  static long decodedSize(String base64) {
    long end = base64.length();
    while (end > 0 && base64.charAt((int) end - 1) == '=') end--;
    return end * 3 / 4;
  }
}
