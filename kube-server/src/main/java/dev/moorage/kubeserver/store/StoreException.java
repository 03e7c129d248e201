package dev.moorage.kubeserver.store;

/// The store cannot be opened, read or written.
public final class StoreException extends RuntimeException {
  /// @param message what was tried, on which file, what was seen, and what the reader can do
  public StoreException(String message) {
    super(message);
  }

  /// @param cause what the file or its library said
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
