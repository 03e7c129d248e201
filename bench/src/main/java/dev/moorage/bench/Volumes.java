package dev.moorage.bench;

import dev.moorage.base.Bytes;

/// What is done with volumes, each known by its number; by a driver's rpcs, or by the kernel alone.
interface Volumes {

  /// What volumes are made.
  ///
  /// @param thick whether all blocks are reserved at once
  record Sort(String fsType, Bytes size, boolean thick) {}

  void create(int volume);

  /// Given to this node, which costs the kernel nothing.
  void attach(int volume);

  void detach(int volume);

  /// Staged and published.
  void show(int volume);

  /// Unpublished and unstaged.
  void hide(int volume);

  /// A snapshot of a volume that nobody uses.
  void cut(int volume);

  /// A copy of a volume that nobody uses, with a filesystem id of its own.
  void copy(int volume);

  void removeCut(int volume);

  void removeCopy(int volume);

  void delete(int volume);
}
