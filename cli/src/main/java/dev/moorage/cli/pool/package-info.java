/// **Pools of our drivers**: `moor pool status`, `grow` and `check`.
///
/// - Comes in: the folder of a house or of a driver alone.
/// - Goes out: what the pools there have; a larger pool, while its driver runs or not.
/// - Never: makes a pool, or one smaller; knows what volumes were promised (the driver does).
package dev.moorage.cli.pool;
