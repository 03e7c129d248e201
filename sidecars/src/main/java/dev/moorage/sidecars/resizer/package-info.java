/// **Resizer**: brings volumes to the size that their claims ask for.
///
/// - Comes in: PersistentVolumeClaim, PersistentVolume, Node (watched); Secret (read when needed).
/// - Goes out: `ControllerExpandVolume`; the claim's resize progress, conditions and capacity; the
///   volume's capacity; events on the claim.
/// - Hands on to: the node agent or the kubelet, through progress `NodeResizePending`.
/// - Never: touches a file system, shrinks a volume, remembers anything between two reconciles but
///   how long to wait: whether a call may still run is a fact on the claim.
/// - Story: "a claim grows", steps 3 to 5.
package dev.moorage.sidecars.resizer;
