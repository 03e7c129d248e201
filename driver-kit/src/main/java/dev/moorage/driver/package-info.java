/// **Driver kit**: makes a complete CSI driver out of a small backend class.
///
/// - Comes in: [dev.moorage.csi.CsiCall]s; a [Backend] that implements the small interfaces its
///   storage can do ([CreatesVolumes], [Expands], [Snapshots], [GroupSnapshots], [Clones],
///   [ModifiesVolumes], [Attaches], [ReportsCapacity], [ReportsTopology], [ReportsHealth],
///   [ListsChangedBlocks], [GivesDevices], [GivesFolders]). Capabilities follow from what it
///   implements and from the [CsiVersion] that it shows.
/// - Goes out: backend calls, one at a time per volume; on the node: format if empty, check, mount,
///   grow, bind; raw devices and folders bound as they are; ephemeral volumes made and removed with
///   their pods; health from the mount table.
/// - The kit's own work: request checks, key locks, idempotency, joining a running call, lists and
///   their pages, holding filesystems still while they are copied, intents in a
///   [dev.moorage.host.Ledger] that are finished or undone after a crash before anything is served,
///   path safety, codes.
/// - Never: ends the backend's work because a caller's deadline did; answers OK for a teardown that
///   it has not seen done; uses a volume id as a file name unchecked; knows gRPC or Kubernetes.
/// - Story: "a claim becomes a mounted directory" steps 6, 11 and 14, "a claim grows" steps 4 and
///   6, "a claim goes away" steps 3, 5 and 9.
package dev.moorage.driver;
