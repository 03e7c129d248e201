/// **Patches**: the three patch formats of the API, as pure functions on trees.
///
/// - Comes in: an object and a patch body, both trees.
/// - Goes out: the patched object, or [PatchRefused].
/// - Never: reads bytes, knows a kind (a strategic merge is told by its schema tree).
package dev.moorage.kubeserver.patch;
