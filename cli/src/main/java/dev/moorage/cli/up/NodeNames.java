package dev.moorage.cli.up;

import dev.moorage.base.Entropy;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names for the one Node of a house. They tell pods' processes of several houses on one machine
/// apart, so each state folder gets one of its own.
final class NodeNames {
  /// A label value has room for 63 characters.
  static final int LONGEST = 63;

  private static final int SUFFIX = 5;
  private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern STRANGE = Pattern.compile("[^a-z0-9]+");

  private NodeNames() {}

  static boolean isName(String text) {
    return FORM.matcher(text).matches();
  }

  /// The machine's name, as far as it will do, and some letters.
  static String made(String hostName, Entropy entropy) {
    var word =
        STRANGE.matcher(hostName.toLowerCase(Locale.ROOT).split("\\.", 2)[0]).replaceAll("-");
    var most = word.substring(0, Math.min(word.length(), LONGEST - SUFFIX - 1));
    var name = most + "-" + entropy.suffix(SUFFIX);
    return isName(name) ? name : "node-" + entropy.suffix(SUFFIX);
  }
}
