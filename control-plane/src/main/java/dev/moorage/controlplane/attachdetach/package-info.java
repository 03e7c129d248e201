/// **Attach and detach**: sees that a volume is attached to the nodes whose pods want it, and to no
/// other.
///
/// - Comes in: Pod, PersistentVolumeClaim, PersistentVolume, Node, CSIDriver, VolumeAttachment
///   (watched).
/// - Goes out: VolumeAttachments made and deleted; `volumesAttached` in the node's status; events
///   on pods.
/// - Hands on to: `sidecars/attacher`, through the VolumeAttachment; the node agent or the kubelet,
///   through `volumesAttached`.
/// - Never: calls a driver, mounts, remembers anything: what is attached is what the objects say.
/// - Story: "a claim becomes a mounted directory", steps 10 and 12; "a claim goes away", step 4.
package dev.moorage.controlplane.attachdetach;
