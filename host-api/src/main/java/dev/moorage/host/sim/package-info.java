/// **Simulated host**: one node's kernel in memory, as far as storage needs it.
///
/// - Comes in, goes out: the words of `dev.moorage.host`; beside them faults, a power cut and an
///   inventory.
/// - Models: files (synced and not), loop devices with their locks, filesystems in images, the
///   mount tree with binds, room on the disk and in each filesystem, ledgers, watched folders,
///   sandboxes, file locks. Nothing else: no links, no owners, no modes, no data in blocks.
/// - As in the kernel: a bind or a sandbox keeps a filesystem alive, an open file keeps its mount
///   busy, a fenced image is locked until its device is detached (whoever died), processes outlive
///   the program that started them.
/// - A crash of a process frees its file locks; a power cut takes mounts, devices, processes, locks
///   and whatever was not synced. A sync of any file commits its whole filesystem, as journals do.
package dev.moorage.host.sim;
