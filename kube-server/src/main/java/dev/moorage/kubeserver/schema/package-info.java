/// **Schema trees**: the registry's only description of a kind.
///
/// - Comes in: an object as somebody wrote it.
/// - Goes out: the object as it is stored (declared fields only, right types, canonical quantities
///   and times, defaults), and the paths of the fields that nobody declared ([Decoder]).
/// - Used by: decoding, pruning, defaulting, strategic merge patches; later OpenAPI and protobuf.
/// - Never: decides what an object may say beyond its types; that is the registry's.
package dev.moorage.kubeserver.schema;
