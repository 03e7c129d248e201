/// **Placement**: chooses a node for each pod, as far as volumes have a say, and binds the pod.
///
/// - Comes in: Pod, Node, PersistentVolumeClaim, PersistentVolume, StorageClass, CSIDriver,
///   CSINode, CSIStorageCapacity, VolumeAttachment (watched).
/// - Goes out: the selected node of claims, the claim reference of ready-made volumes, the pod's
///   binding and its PodScheduled condition; events.
/// - Hands on to: `binder` and the provisioner, through the selected node; the node agent, through
///   the binding.
/// - Better than the scheduler of Kubernetes: the claims of one pod are summed against a driver's
///   capacity, and a node whose provisioning has just failed is tried again only after the others.
/// - Never: looks at CPU, memory, pod affinity or priorities; evicts a pod; makes a volume.
/// - Story: "a claim becomes a mounted directory", steps 3 and 8.
package dev.moorage.controlplane.placement;
