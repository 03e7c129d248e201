/// **`moor demo`**: the three stories on this machine, with real sockets, real mounts and a real
/// pod process; or in the simulation.
///
/// - Comes in: a throw-away folder of its own. Goes out: each step as it happens, the proofs, a
///   summary; nothing that stays.
/// - A run is registered before its first mount, so that the next one finds and clears what a
///   killed one left.
package dev.moorage.cli.demo;
