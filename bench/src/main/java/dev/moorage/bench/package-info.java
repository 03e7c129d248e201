/// **Bench**: measures `moor up` and `moor driver loop` from outside, as their users meet them,
/// beside floors of the same run.
///
/// - Comes in: the launcher `moor` and an empty folder. Goes out: one table.
/// - Started by the scripts `bench/up` and `bench/driver`, which build, and clear whatever a broken
///   run leaves.
/// - Never: is part of the product, or reaches into it; it knows processes, the API over HTTPS, a
///   driver's socket and the mount table.
package dev.moorage.bench;
