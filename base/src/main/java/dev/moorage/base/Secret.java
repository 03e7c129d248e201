package dev.moorage.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// A text that must never be printed: its `toString` shows nothing of it.
public final class Secret {
  private final String text;

  /// @param text the secret text
  public Secret(String text) {
    this.text = text;
  }

  /// Gives the text away; only edges that hand it to its receiver call this.
  public String reveal() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
