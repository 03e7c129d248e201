package dev.moorage.base;

/// The name of an object within its kind: what queues, caches and the journal are keyed by.
///
/// @param namespace the object's namespace; empty for kinds that live in the whole cluster
/// @param name the object's name, not empty
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

  /// @throws IllegalArgumentException when the name is empty
  public ObjectKey {
    if (name.isEmpty()) throw new IllegalArgumentException("an object has a name");
  }

  /// The key of an object of the whole cluster.
  public static ObjectKey cluster(String name) {
    return new ObjectKey("", name);
  }

  @Override
  public int compareTo(ObjectKey other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  /// `namespace/name`, or the bare name for objects of the whole cluster.
  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
