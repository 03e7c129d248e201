package dev.moorage.kubeserver.schema;

/// A value that is not of its field's type. The message names the field, never the value.
public final class Misfit extends RuntimeException {
  Misfit(String message) {
    super(message, null, false, false);
  }
}
