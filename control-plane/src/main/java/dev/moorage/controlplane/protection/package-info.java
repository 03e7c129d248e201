/// **Protection**: keeps claims that pods use, and volumes that are bound, until they are free.
///
/// - Comes in: PersistentVolumeClaim, PersistentVolume, Pod (watched; pods also listed live).
/// - Goes out: the finalizers `kubernetes.io/pvc-protection` and `kubernetes.io/pv-protection`.
/// - Hands on to: `binder`, which sees that a claim is gone; the provisioner, which sees a volume
///   without our finalizer.
/// - Never: deletes an object, changes a phase.
/// - Story: "a claim goes away", steps 6 (claims) and 8 (volumes).
package dev.moorage.controlplane.protection;
