package dev.moorage.kubeclient;

import java.util.function.Consumer;

/// How writes are asked for.
///
/// @param dryRun the server does all but store
/// @param validation what happens to fields that the server doesn't know
/// @param manager who owns the fields that are written (`fieldManager`); empty for the user agent
/// @param warnings hears the server's warnings, at once, in the task that writes
public record Writing(
    boolean dryRun, Validation validation, String manager, Consumer<String> warnings) {

  /// Stored; unknown fields as the server likes it; nobody hears warnings.
  public static final Writing PLAIN = new Writing(false, Validation.SERVERS, "", _ -> {});

  /// What happens to unknown and duplicate fields.
  public enum Validation {
    /// What the server does when nothing is said: it warns.
    SERVERS(""),
    IGNORE("Ignore"),
    WARN("Warn"),
    STRICT("Strict");

    private final String text;

    Validation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
