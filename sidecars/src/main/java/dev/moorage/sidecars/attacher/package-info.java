/// **Attacher**: makes volumes reachable from the nodes that VolumeAttachments name, and takes that
/// back.
///
/// - Comes in: VolumeAttachment, PersistentVolume, CSINode (watched); Secret (read when needed).
/// - Goes out: `ControllerPublishVolume`, `ControllerUnpublishVolume`; the attachment's finalizer,
///   node-id annotation and status; the volume's finalizer.
/// - Hands on to: the node agent or the kubelet, through `status.attached` and
///   `status.attachmentMetadata`: the volume is NODE_READY.
/// - Never: creates or deletes an attachment, mounts anything, decides where a volume is needed.
/// - Story: "a claim becomes a mounted directory", step 11; "a claim goes away", step 5.
///
/// Two actors: attachments ([AttachmentStep]) and the volumes that they hold ([HeldVolumeStep]).
package dev.moorage.sidecars.attacher;
