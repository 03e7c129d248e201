/// **Btrfs driver**: volumes as subvolumes in a [dev.moorage.drivers.pool.Pool], shown to this node
/// as folders.
///
/// - Comes in: [BtrfsDriver.Settings]; CSI calls, through the driver kit.
/// - Goes out: one subvolume per volume, kept to the volume's size by the kernel (EDQUOT); one
///   read-only subvolume per snapshot; copies of either in no time.
/// - Each node runs its own instance with its own pool: volumes are reachable from one node, there
///   by any number of pods. There is nothing to attach, and no block device to give.
/// - A volume's content is its user's: no path inside one is ever looked at. Subvolumes that a user
///   makes inside are not kept to the limit and not in snapshots; the volume's health tells of
///   them.
/// - Never: mounts (the kit's work), removes a volume that is still shown.
/// - Story: "a claim becomes a mounted directory", steps 6 and 14; "a claim goes away", step 9.
package dev.moorage.drivers.btrfs;
