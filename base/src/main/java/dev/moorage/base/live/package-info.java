/// **Live ground**: tasks on virtual threads, lanes of platform threads, the machine's clock and
/// randomness.
///
/// - Comes in, goes out: the words of `dev.moorage.base`.
/// - Which threads: one virtual thread per task; per lane at most its width of platform threads,
///   which end after a while without work.
/// - Never: numbers effects or kills groups; that is the simulation's.
package dev.moorage.base.live;
