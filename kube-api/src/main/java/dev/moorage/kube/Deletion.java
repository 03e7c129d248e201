package dev.moorage.kube;

/// How an object is to be deleted.
///
/// @param uid only an object with this uid; empty for any
/// @param version only the object in this version; empty for any
/// @param graceSeconds a pod's grace; -1 for the pod's own
public record Deletion(String uid, String version, long graceSeconds) {
  /// Whatever object has the name, with its own grace.
  public static final Deletion ANY = new Deletion("", "", -1);

  /// Only the object of this uid.
  public static Deletion ofUid(String uid) {
    return new Deletion(uid, "", -1);
  }

  /// At once: grace 0, as the node agent does at a pod's end.
  public static Deletion now(String uid) {
    return new Deletion(uid, "", 0);
  }
}
