/// **The crash matrix on this kernel**: the loop driver in a process of its own, killed at each of
/// its outside effects.
///
/// - Comes in: a life of every call that changes something, as [Cell]s; the effects that the driver
///   makes for each, as it makes them undisturbed.
/// - Goes out: [Matrix] tells what a retry answered differently, and what was left over.
/// - Never: asks the driver's own memory. All it knows is what calls answer and the kernel shows.
package dev.moorage.cli.crash;
