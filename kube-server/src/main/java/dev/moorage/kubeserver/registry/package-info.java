/// **Registry**: an embedded Kubernetes API without its network: one gate, [Registry#handle].
///
/// - Comes in: [Request]s (who, which object, which verb, options).
/// - Goes out: [Answer]s (an object, a list with its version, a watch), or a `KubeException` with
///   the words of a real API server.
/// - Memory is the database: every read sees one immutable state; a write is decided against the
///   newest state, appended to the log, and visible only when it is durable.
/// - Inside: [Creates], [Changes], [Deletes], [Bindings] decide writes; one [Rules] per kind says
///   what is special about it; [Commits] orders them; [Histories] feeds the watches.
/// - By itself it does two things: [Furniture] stands in every namespace, [Events] go after a
///   while.
/// - Never: knows HTTP, blocks a reader, prints a secret.
/// - Story: "a claim grows", step 2; every write of the others passes here.
package dev.moorage.kubeserver.registry;
