/// **Bench**: measures `moor up` from outside, as its users meet it, beside floors of the same run.
///
/// - Comes in: the launcher `moor` and an empty folder. Goes out: one table.
/// - Started by the script `bench/up`, which builds, and clears whatever a broken run leaves.
/// - Never: is part of the product, or reaches into it; it knows processes, the API over HTTPS and
///   the mount table.
package dev.moorage.bench;
