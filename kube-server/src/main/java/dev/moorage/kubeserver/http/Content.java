package dev.moorage.kubeserver.http;

import java.util.Locale;
import java.util.function.Supplier;

/// A request's body: read once, and only when somebody who may ask wants it.
final class Content {
  private final String type;
  private final Supplier<byte[]> source;

  /// @param type the Content-Type header; empty for none
  /// @param source reads the body; may refuse a body that is too large
  Content(String type, Supplier<byte[]> source) {
    this.type = type;
    this.source = source;
  }

  /// The media type without its parameters, in lower case.
  String mediaType() {
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// Reads the body; there is nothing to read a second time.
  byte[] bytes() {
    return source.get();
  }
}
