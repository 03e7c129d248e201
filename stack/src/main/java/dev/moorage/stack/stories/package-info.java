/// **Stories**: plays the house's three stories as a user would, over the API alone, and proves
/// each thing that it says.
///
/// - Comes in: a wired house ([Cast]). Goes out: objects written as a user writes them, and
///   [Proofs].
/// - Stories: "a claim becomes a mounted directory", "a claim grows", "a claim goes away".
/// - Never: reaches into a room; what it knows it sees on the API, at a driver's door, or on the
///   host.
package dev.moorage.stack.stories;
