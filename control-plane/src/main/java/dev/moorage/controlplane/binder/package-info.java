/// **Binder**: brings claims and PersistentVolumes together, and says when they have parted.
///
/// - Comes in: PersistentVolumeClaim, PersistentVolume, StorageClass (watched).
/// - Goes out: claim reference and phase of volumes; volume name, provisioner annotations and phase
///   of claims; events.
/// - Hands on to: a provisioner, through the claim's annotations; `placement`, through the bound
///   claim.
/// - Never: makes or deletes a volume, chooses a node, calls a driver.
/// - Story: "a claim becomes a mounted directory", steps 2, 4 and 7; "a claim goes away", step 7.
package dev.moorage.controlplane.binder;
