package dev.moorage.kubeserver.http;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Body;
import dev.moorage.kubeserver.store.TreeJson;
import java.nio.charset.StandardCharsets;

/// Reads the bodies of requests.
final class Bodies {
  private Bodies() {}

  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";
  private static final String YAML = "application/yaml";
  private static final String ACCEPTED = "application/json, " + YAML + ", " + PROTOBUF;

  /// An object, in JSON, YAML or protobuf.
  ///
  /// @param kind the kind's name that is expected
  static Body object(Content content, String kind) {
    return object(content.mediaType(), content.bytes(), kind);
  }

  private static Body object(String mediaType, byte[] bytes, String kind) {
    try {
      return switch (mediaType) {
        case "", "application/json" -> json(bytes);
        case YAML -> YamlReader.read(text(bytes));
        case PROTOBUF -> Body.of(Protobuf.read(bytes));
        default -> throw Refusal.unsupportedBody(ACCEPTED);
      };
    } catch (TreeJson.Malformed e) {
      throw unrecognized(kind, "couldn't get version/kind; json parse error: " + e.getMessage());
    } catch (YamlReader.Malformed e) {
      throw unrecognized(kind, "error converting YAML to JSON: " + e.getMessage());
    }
  }

  /// The real server quotes the beginning of the body as well; it may be a secret's.
  private static KubeException unrecognized(String kind, String why) {
    return Refusal.badRequest(
        "the object provided is unrecognized (must be of type " + kind + "): " + why);
  }

  /// DeleteOptions; nothing where there is no body.
  static Tree deleteOptions(Content content) {
    var bytes = content.bytes();
    return bytes.length == 0
        ? Tree.nothing()
        : object(content.mediaType(), bytes, "DeleteOptions").tree();
  }

  /// A patch in JSON.
  static Body patch(Content content) {
    try {
      return json(content.bytes());
    } catch (TreeJson.Malformed e) {
      throw Refusal.badRequest("error decoding patch: " + e.getMessage());
    }
  }

  private static Body json(byte[] bytes) {
    var parsed = TreeJson.parse(text(bytes));
    return new Body(parsed.tree(), parsed.duplicates());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
