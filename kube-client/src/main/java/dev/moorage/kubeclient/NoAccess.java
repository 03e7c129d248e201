package dev.moorage.kubeclient;

/// What tells where the server is, or who asks, cannot be used: the message says which file, which
/// entry, and what to do.
public final class NoAccess extends RuntimeException {
  NoAccess(String message) {
    super(message);
  }
}
