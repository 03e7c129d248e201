package dev.moorage.csi;

/// The answer of calls that answer nothing but success.
public record Done() {
  /// The one answer.
  public static final Done DONE = new Done();
}
