/// **Simulated ground**: one task runs at a time, in simulated time, from a seed or on the plain
/// schedule; groups die at numbered effects.
///
/// - Comes in, goes out: the words of `dev.moorage.base`; beside them the trace of effects, hooks
///   around each effect, `kill`.
/// - Which threads: one virtual thread per task, all parked but the one that holds the baton.
/// - Switch points: every call that starts, waits, runs in a lane or asks whether the caller lives,
///   and each outside effect before and after it acts. Reading the clock, making a gate or a group,
///   opening a gate and interrupting a task are none: they may be called under a lock.
/// - Never: reads the machine's clock or randomness; iterates anything without a fixed order.
package dev.moorage.base.sim;
