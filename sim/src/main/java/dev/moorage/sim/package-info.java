/// **Simulation**: the wired house in one JVM, one task at a time, in simulated time, from a seed.
///
/// - Comes in: the rooms as `stack` joins them, the real registry on its in-memory log, simulated
///   hosts, drivers in process.
/// - Goes out: the three stories' golden traces, crashes at every effect, everything twice; `moor
///   demo --simulated`.
/// - Never: a simpler fake of what the house itself holds.
package dev.moorage.sim;
