package dev.moorage.kube;

import dev.moorage.base.ObjectKey;

/// A PersistentVolume's reference to its claim.
///
/// @param uid empty where a user bound the volume beforehand
public record ClaimReference(String namespace, String name, String uid) {
  /// Reads `spec.claimRef`; all texts are empty where there is none.
  static ClaimReference of(Tree tree) {
    return new ClaimReference(tree.text("namespace"), tree.text("name"), tree.text("uid"));
  }

  /// Whether there is a reference at all.
  public boolean set() {
    return !name.isEmpty();
  }

  /// Whether it names this claim (an empty uid fits any).
  public boolean names(Meta claim) {
    return namespace.equals(claim.namespace())
        && name.equals(claim.name())
        && (uid.isEmpty() || uid.equals(claim.uid()));
  }

  /// The claim's key; only where [#set].
  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }
}
