package dev.moorage.host;

import dev.moorage.base.Bytes;

/// Subvolumes of a mounted btrfs: folders whose content is copied as a whole in one moment, and
/// kept to a size by the kernel.
///
/// The folders that lead to a subvolume are the caller's alone; its own content may be anybody's:
/// no call looks at a path inside it. Nothing is synced unless it is said. Where the filesystem is
/// no btrfs, calls fail with EOPNOTSUPP.
public interface Subvolumes {

  /// Lets the kernel count what each subvolume refers to, and keep limits; fine when it does so
  /// already. Wanted again after every mount. Returns when the counts are right.
  ///
  /// @param mountPath where the whole filesystem is mounted
  void enableQuota(String mountPath);

  /// Whether there is a subvolume at a path.
  boolean exists(String path);

  /// Makes an empty subvolume, without a limit, that everybody may read.
  ///
  /// @throws HostException EEXIST when something stands there, ENOENT when its folder is missing
  void create(String path);

  /// Copies a subvolume as it is at one moment, in no time; what was written to it but not synced
  /// is in the copy. Subvolumes inside it are empty folders in the copy. Whether the copy has its
  /// source's limit or none differs between kernels: give it one.
  ///
  /// @param readOnly whether nobody can ever write to the copy
  /// @throws HostException ENOENT when there is none, EINVAL when it is no subvolume, EEXIST when
  ///   something stands at the new path
  void snapshot(String from, String to, boolean readOnly);

  /// Lets a subvolume take this much, in place of what it had: its files, and what the filesystem
  /// needs to find them. More is refused with EDQUOT. What is there already stays, even when it is
  /// more.
  ///
  /// @throws HostException ENOENT when there is none, EINVAL when it is no subvolume
  void limit(String path, Bytes size);

  /// How full a subvolume is; exact after [Filesystems#sync], else as it was up to half a minute
  /// ago.
  ///
  /// @throws HostException ENOENT when there is none, EINVAL when it is no subvolume
  Usage usage(String path);

  /// How full a subvolume is.
  ///
  /// @param used what it refers to, alone or together with its copies, and the subvolumes inside it
  /// @param limit zero where there is none
  /// @param inside subvolumes inside it: whoever may write to it can make some, and what they hold
  ///   is not kept to its limit
  record Usage(Bytes used, Bytes limit, int inside) {}

  /// Removes a subvolume with all that is in it, subvolumes too, and waits until its space is free
  /// again; a missing one is fine. Synced when it returns.
  ///
  /// @throws HostException EINVAL when it is no subvolume, EBUSY while it cannot be removed,
  ///   ETIMEDOUT when it is gone and its space is still being freed
  void delete(String path);
}
