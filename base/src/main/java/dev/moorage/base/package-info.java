/// **Ground**: amounts, keys, secrets, and the one door to tasks, time, waiting and randomness.
///
/// - Comes in, goes out: nothing; this floor knows only the JDK.
/// - Never: logs, reads JSON, reflects, or knows Kubernetes, CSI or the kernel.
/// - Bodies: `dev.moorage.base.live` (threads and the clock), `dev.moorage.base.sim` (one task at a
///   time, from a seed).
package dev.moorage.base;
