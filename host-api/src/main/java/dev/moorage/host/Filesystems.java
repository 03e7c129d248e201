package dev.moorage.host;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.Optional;

/// Filesystems on devices.
public interface Filesystems {

  /// What a device or image holds.
  ///
  /// @return the filesystem's type (`xfs`, `ext4`, `btrfs`), `unknown` for anything else that must
  ///   not be overwritten, empty for nothing
  Optional<String> probe(String device);

  /// Makes a filesystem. The caller has probed: this overwrites.
  ///
  /// @param type `ext4`, `xfs` or `btrfs`
  /// @param options for the tool, one argument each; never from outside unchecked
  /// @throws HostException NO_TOOL, TOOL_FAILED, or EINVAL for a type or a size that cannot be
  void format(String device, String type, List<String> options);

  /// Repairs what can be repaired safely, before a mount.
  ///
  /// @throws HostException EIO when errors remain
  void check(String device, String type);

  /// Lets a filesystem fill its device.
  ///
  /// @param mountPath where it is mounted; empty while it is not
  /// @throws HostException EPERM when the kernel refuses to grow it while mounted (ext4 without
  ///   CAP_SYS_RESOURCE)
  void grow(String device, String type, String mountPath);

  /// Writes everything of a mounted filesystem to its device and holds all writers until [#thaw]:
  /// nothing kills them meanwhile. Whoever freezes notes it durably before, so that his successor
  /// thaws.
  ///
  /// @throws HostException EBUSY when it is frozen already, EOPNOTSUPP when it cannot be
  void freeze(String mountPath);

  /// Lets writers go on; a filesystem that is not frozen is fine.
  void thaw(String mountPath);

  /// Gives the filesystem on an unmounted device an id of its own, so that a clone and its original
  /// can be mounted side by side.
  ///
  /// @throws HostException TOOL_FAILED when its journal was never replayed: mount and unmount it
  ///   before (xfs with `nouuid`)
  void renewId(String device, String type);

  /// How full the filesystem at a path is.
  Usage usage(String path);

  /// Writes everything of the filesystem at a path to its device (`syncfs`).
  void sync(String path);

  /// How full a filesystem is; `available` is what an ordinary user may still write.
  record Usage(
      Bytes total, Bytes used, Bytes available, long inodes, long inodesUsed, long inodesFree) {}
}
