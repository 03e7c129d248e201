/// **Up**: the embedded house as a thing to use: `moor up`, `moor down`, `moor status`.
///
/// - Comes in: a state folder, which one process at a time holds by a lock; drivers' endpoints.
/// - Goes out: a running house with its API on HTTPS, a kubeconfig, lines about each step; the end
///   of it, whether asked for or after a kill.
/// - Never: touches a folder that holds something else, or whose state is newer than this program.
package dev.moorage.cli.up;
