/// **Host words**: mounts, loop devices, filesystems, files, durable small state, watched folders
/// and pod sandboxes of one node; what machine it is, and who holds what others want.
///
/// - Comes in, goes out: values; every failure is a [HostException] with its errno.
/// - Bodies: `linux` (system calls and a few tools), `dev.moorage.host.sim` (simulated); both pass
///   the same contract tests.
/// - Paths are absolute texts. Every call that changes the host is one outside effect
///   (`Tasks.effect`), and blocks until done.
/// - Never: knows CSI or Kubernetes.
package dev.moorage.host;
