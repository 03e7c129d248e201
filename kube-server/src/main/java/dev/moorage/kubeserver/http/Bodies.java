package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Body;
import dev.moorage.kubeserver.store.TreeJson;
import java.nio.charset.StandardCharsets;

/// Reads the bodies of requests.
final class Bodies {
  private Bodies() {}

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String ACCEPTED = "application/json, " + PROTOBUF;

  /// An object, in JSON or protobuf.
  static Body object(Content content) {
    return object(content.mediaType(), content.bytes());
  }

  private static Body object(String mediaType, byte[] bytes) {
    return switch (mediaType) {
      case "", "application/json" -> json(bytes);
      case PROTOBUF -> Body.of(Protobuf.read(bytes));
      default -> throw Refusal.unsupportedBody(ACCEPTED);
    };
  }

  /// DeleteOptions; nothing where there is no body.
  static Tree deleteOptions(Content content) {
    var bytes = content.bytes();
    return bytes.length == 0 ? Tree.nothing() : object(content.mediaType(), bytes).tree();
  }

  /// A value in JSON, e.g. a patch.
  static Body json(Content content) {
    return json(content.bytes());
  }

  private static Body json(byte[] bytes) {
    try {
      var parsed = TreeJson.parse(new String(bytes, StandardCharsets.UTF_8));
      return new Body(parsed.tree(), parsed.duplicates());
    } catch (TreeJson.Malformed e) {
      throw Refusal.badRequest("the body of the request cannot be read: " + e.getMessage());
    }
  }
}
