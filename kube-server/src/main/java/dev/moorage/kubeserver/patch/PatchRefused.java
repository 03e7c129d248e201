package dev.moorage.kubeserver.patch;

/// A patch that cannot be applied. The message names operation and path, never a value.
public final class PatchRefused extends RuntimeException {
  private final boolean undecodable;

  private PatchRefused(String message, boolean undecodable) {
    super(message, null, false, false);
    this.undecodable = undecodable;
  }

  /// The body is no patch of its format.
  static PatchRefused undecodable(String message) {
    return new PatchRefused(message, true);
  }

  /// The patch does not fit the object.
  static PatchRefused unfitting(String message) {
    return new PatchRefused(message, false);
  }

  /// Whether the body is no patch at all (a bad request), rather than one that does not fit the
  /// object (unprocessable).
  public boolean isUndecodable() {
    return undecodable;
  }
}
