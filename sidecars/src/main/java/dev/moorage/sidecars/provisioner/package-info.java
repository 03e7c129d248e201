/// **Provisioner**: makes the volumes that claims ask for, records them, removes them, and says how
/// much could still be made.
///
/// - Comes in: PersistentVolumeClaim, StorageClass, PersistentVolume, VolumeAttachment, Node,
///   CSINode, CSIStorageCapacity (watched); Secret (read when needed).
/// - Goes out: `CreateVolume`, `DeleteVolume`, `GetCapacity`; the intent on the claim;
///   PersistentVolumes; CSIStorageCapacity objects; events on claim and volume.
/// - Hands on to: the binder, through a PersistentVolume that names its claim; to placement,
///   through capacity objects and by taking a hopeless node choice back.
/// - Never: writes a claim's spec or status, binds, deletes a volume that is attached, remembers
///   anything between two reconciles but how long to wait.
/// - Story: "a claim becomes a mounted directory", step 5; "a claim goes away", step 8.
///
/// Three actors: claims ([ClaimStep]), volumes ([VolumeStep]) and capacity ([CapacityStep]).
package dev.moorage.sidecars.provisioner;
