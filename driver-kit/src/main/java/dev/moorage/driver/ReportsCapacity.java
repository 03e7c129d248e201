package dev.moorage.driver;

import dev.moorage.base.Bytes;

/// Keeps account of its space (GET_CAPACITY). Space is set aside when a volume or a snapshot is
/// decided on, so that two decisions never share it.
public interface ReportsCapacity extends Backend {

  /// What is still free.
  Bytes available();

  /// What a volume of this size takes from the account: less where the storage gives blocks only
  /// when they are written.
  default Bytes space(VolumeRecord volume, Bytes size) {
    return size;
  }

  /// What a snapshot takes from the account.
  default Bytes space(SnapshotRecord snapshot) {
    return snapshot.size();
  }

  /// Sets space aside for a holder, in place of what was set aside for it before.
  ///
  /// @param holder a volume's or a snapshot's id; they never are the same
  /// @return false, with nothing changed, when there is not enough
  boolean reserve(String holder, Bytes size);

  /// Gives back what was set aside for a holder.
  void release(String holder);
}
