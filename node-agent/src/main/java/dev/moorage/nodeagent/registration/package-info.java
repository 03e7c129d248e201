/// **Registration**: makes the node known to the API, and the drivers of this host known to the
/// node.
///
/// - Comes in: registration sockets in `plugins_registry` (watched); the drivers' `GetInfo`,
///   `NodeGetInfo`, `NodeGetCapabilities`; Node and CSINode (watched).
/// - Goes out: the Node object (hostname label, controller-managed-attach-detach, Ready), its
///   node-id annotation and topology labels, the CSINode's driver entries; the registration's
///   outcome to the plugin.
/// - Hands on to: placement (topology, CSINode), the attacher (node ids), and the node agent's
///   volumes (an open connection per driver).
/// - Never: stages or publishes; touches Node fields of others.
/// - Story: "a claim becomes a mounted directory", before step 1.
package dev.moorage.nodeagent.registration;
