package dev.moorage.host;

/// One node's kernel, as far as storage needs it.
public interface Host {
  /// The mount tree.
  Mounts mounts();

  /// The loop devices.
  LoopDevices loops();

  /// Block devices of any sort.
  BlockDevices blockDevices();

  /// Filesystems on devices.
  Filesystems filesystems();

  /// Subvolumes of a btrfs.
  Subvolumes subvolumes();

  /// Files and folders.
  Files files();

  /// Durable small state.
  Ledgers ledgers();

  /// Folders that tell when something in them changes.
  Folders folders();

  /// Pod processes.
  Sandboxes sandboxes();

  /// Who holds ports, sockets and locks.
  Processes processes();

  /// What this machine is.
  Machine machine();

  /// An id that is new at each boot (`/proc/sys/kernel/random/boot_id`).
  String bootId();
}
