package dev.moorage.controlplane.attachdetach;

import dev.moorage.base.ObjectKey;

/// The reads and writes that attaching and detaching need. The key's namespace is the node's name,
/// its name the PersistentVolume's.
interface Attachments {
  AttachView view(ObjectKey key);

  void create(ObjectKey key);

  void delete(ObjectKey key, boolean force);

  void report(ObjectKey key);

  void withdraw(ObjectKey key);

  void warnOfSecondNode(ObjectKey key, AttachView view);

  void tellFailure(ObjectKey key, AttachView view, String error);
}
