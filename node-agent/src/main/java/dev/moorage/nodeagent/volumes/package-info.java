/// **Volumes**: brings each volume to the pods of this node, and away again.
///
/// - Comes in: pods of this node, their claims and PersistentVolumes, VolumeAttachments, the own
///   Node (watched); this host's mount table and `vol_data.json` files; an open connection per
///   registered driver, and whether a pod's processes may run and new ones may begin (handed in).
/// - Goes out: `NodeStageVolume`, `NodePublishVolume`, `NodeExpandVolume`, `NodeUnpublishVolume`,
///   `NodeUnstageVolume`; `volumesInUse` in the node's status; the claim's status at the end of a
///   growth; events on pods and claims.
/// - Hands on to: attach/detach (through `volumesInUse`), pods (through the mounts themselves).
/// - Never: remembers anything between two reconciles (the host is the memory); removes a folder
///   otherwise than by rmdir; starts or ends a process.
/// - Story: "a claim becomes a mounted directory", steps 9 and 13; "a claim grows", steps 6 and 7;
///   "a claim goes away", step 3.
package dev.moorage.nodeagent.volumes;
