/// **Fuzz**: generated requests, good and bad, over a driver's socket, and what is right to answer.
///
/// - Comes in: an endpoint, a [Place], a seed.
/// - Goes out: protobuf messages as bytes; an `AssertionError` that names seed and request.
/// - Never: knows which driver it is.
package dev.moorage.csiwire.fuzz;
