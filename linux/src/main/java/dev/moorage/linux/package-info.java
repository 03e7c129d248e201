/// **Linux**: the body of every host word, by direct system calls and a few tools.
///
/// - Comes in: calls of `dev.moorage.host`; the kernel's own tables under `/proc` and `/sys`.
/// - Goes out: system calls (`Syscalls` alone knows the JDK's foreign functions), tools run without
///   a shell (`mkfs.*`, `e2fsck`, `resize2fs`, `blkid`), pod processes under bubblewrap.
/// - Door: [LinuxHost]; [Rights] says beforehand what this process may not do here.
/// - Whatever may block in the kernel runs in a lane of its own fate (mounts, loops, files,
///   ledgers, tools) with a deadline; whatever changes the host is one outside effect.
/// - Never: decides policy, follows a symbolic link in the last part of a path, detaches what it
///   was not asked to, knows CSI or Kubernetes.
package dev.moorage.linux;
