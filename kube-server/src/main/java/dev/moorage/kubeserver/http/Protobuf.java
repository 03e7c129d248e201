package dev.moorage.kubeserver.http;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads objects in Kubernetes' protobuf form. Clients that send it take a refusal for final, so
/// the kinds which they send are read; answers are JSON always.
///
/// Form: four bytes (`k8s` and NUL), then a message of type (1) and bytes of the object (2).
final class Protobuf {
  private Protobuf() {}

  private static final String MAGIC = "k8s\0";

  /// @throws KubeException `UnsupportedMediaType` for a kind, and `BadRequest` for a message, that
  ///   cannot be read
  static Tree read(byte[] bytes) {
    var magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < magic.length || !Arrays.equals(magic, Arrays.copyOf(bytes, magic.length)))
      throw Refusal.badRequest("the body of the request is no Kubernetes protobuf message");
    try {
      return envelope(Arrays.copyOfRange(bytes, magic.length, bytes.length));
    } catch (ProtobufReader.Malformed e) {
      throw Refusal.badRequest("the body of the request cannot be read: " + e.getMessage());
    }
  }

  private static Tree envelope(byte[] bytes) {
    var reader = new ProtobufReader(bytes);
    Tree type = Tree.empty();
    byte[] object = {};
    while (reader.hasMore()) {
      var field = reader.field();
      if (field.number() == 1) type = Messages.read("TypeMeta", field.bytes());
      if (field.number() == 2) object = field.bytes();
    }
    var kind = type.text("kind");
    if (!Messages.knows(kind))
      throw Refusal.unsupportedBody("application/json (for kind \"" + kind + "\")");
    return typed(type, Messages.read(kind, object));
  }

  private static Tree typed(Tree type, Tree object) {
    var typed = type;
    for (var field : object.fields().entrySet())
      typed = typed.with(field.getValue(), field.getKey());
    return typed;
  }
}
