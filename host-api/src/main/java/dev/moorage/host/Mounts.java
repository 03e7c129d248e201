package dev.moorage.host;

import java.util.List;
import java.util.Optional;

/// The mount tree of the node.
public interface Mounts {

  /// Mounts a device's filesystem on an existing folder.
  ///
  /// @param options mount options as `mount -o` takes them (`ro`, `noatime`, `nouuid`, filesystem
  ///   options)
  /// @throws HostException EBUSY when this very device is mounted there already, EINVAL when the
  ///   device holds no such filesystem
  void mount(String device, String target, String fsType, List<String> options);

  /// Shows an existing file or folder at another existing one.
  ///
  /// @param readOnly whether writing through the target is refused; never writable for a moment
  void bind(String source, String target, boolean readOnly);

  /// Takes the topmost mount off a path. Never lazily.
  ///
  /// @throws HostException EINVAL when nothing is mounted there, ENOENT when the path is missing,
  ///   EBUSY while files are open, still after a moment
  void unmount(String target);

  /// All mounts in the order of the kernel's table; a later mount on the same target hides an
  /// earlier one.
  List<Mount> table();

  /// The topmost mount at exactly this path.
  default Optional<Mount> at(String target) {
    return table().stream()
        .filter(mount -> mount.target().equals(target))
        .reduce((_, last) -> last);
  }

  /// The mounts of all mount namespaces on this machine that this process may look into: its own
  /// and those of other processes, pods among them. Slow: for proofs and for finding who holds a
  /// device.
  default List<Mount> everywhere() {
    return table();
  }

  /// Lets mounts below a folder be seen by others: the folder becomes a shared mount of its own if
  /// it is none.
  void share(String folder);

  /// One mount.
  ///
  /// @param device major and minor number, as `major:minor`
  /// @param root path within the filesystem that is shown
  /// @param source the device or whatever was mounted
  record Mount(
      String device, String root, String target, String fsType, String source, boolean readOnly) {}
}
