package dev.moorage.kubeserver.http;

/// The server's port cannot be had. The message names it and says why.
public final class NotListening extends RuntimeException {
  NotListening(String message, Throwable cause) {
    super(message, cause);
  }
}
