package dev.moorage.kubeserver.http;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// PEM blocks.
final class Pem {
  private Pem() {}

  private static final int LINE = 64;
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]+)-----\\s+([^-]*?)\\s+-----END \\1-----\\s*");

  /// @param text the whole block, with its frame
  /// @param content between the frame
  record Block(String label, String text, String content) {
    byte[] bytes() {
      return Base64.getMimeDecoder().decode(content);
    }
  }

  static String block(String label, byte[] content) {
    return block(label, Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content));
  }

  static String block(String label, String content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, content, label);
  }

  static List<Block> blocks(String text) {
    return BLOCK
        .matcher(text)
        .results()
        .map(found -> new Block(found.group(1), found.group(), found.group(2)))
        .toList();
  }
}
