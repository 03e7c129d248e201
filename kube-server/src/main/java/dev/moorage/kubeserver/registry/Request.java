package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;

/// One call at the gate.
///
/// @param user who asks, e.g. `system:moorage:resizer`
/// @param target which object, or which objects
/// @param verb what is asked
/// @param writing how a write is carried out; reads ignore it
public record Request(String user, Target target, Verb verb, Writing writing) {

  /// What a request is about.
  ///
  /// @param namespace empty for kinds of the whole cluster, and for lists over all namespaces
  /// @param name empty for lists and creates
  /// @param subresource empty, `status`, `binding` or `finalize`
  public record Target(Kind<?> kind, String namespace, String name, String subresource) {

    /// One object.
    public static Target of(Kind<?> kind, ObjectKey key) {
      return new Target(kind, key.namespace(), key.name(), "");
    }

    /// The objects of a namespace; of all namespaces where it is empty.
    public static Target in(Kind<?> kind, String namespace) {
      return new Target(kind, namespace, "", "");
    }

    /// The same object's subresource.
    public Target sub(String name) {
      return new Target(kind, namespace, this.name, name);
    }

    /// The object's key; only where it is named.
    public ObjectKey key() {
      return new ObjectKey(namespace, name);
    }
  }

  /// How a write is carried out.
  ///
  /// @param dryRun whether everything is checked and nothing stored
  /// @param unknownFields what happens to fields that nobody declared
  public record Writing(boolean dryRun, UnknownFields unknownFields) {
    /// Stored; unknown fields are refused.
    public static final Writing STRICT = new Writing(false, UnknownFields.REFUSE);

    /// Stored; unknown fields are dropped with a warning, as the API server does by default.
    public static final Writing WARN = new Writing(false, UnknownFields.WARN);
  }

  /// What happens to fields that nobody declared, and to fields that stand there twice.
  public enum UnknownFields {
    /// The write is refused, naming all of them (`fieldValidation=Strict`).
    REFUSE,
    /// They are dropped, with one warning each.
    WARN,
    /// They are dropped.
    IGNORE
  }
}
