package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Volume ids from volume names: the same name always gives the same id, and an id is always safe
/// as a file name.
final class VolumeIds {
  /// One shorter than a hash, so that no name is another one's hash.
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");

  private static final Pattern SAFE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");

  private VolumeIds() {}

  /// The name itself where it is plain, else its SHA-256 in hexadecimal.
  static VolumeId of(String name) {
    return new VolumeId(PLAIN.matcher(name).matches() ? name : sha256(name));
  }

  /// Whether this can be an id of ours; any other one is unknown without looking.
  static boolean safe(VolumeId id) {
    return SAFE.matcher(id.text()).matches();
  }

  static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
