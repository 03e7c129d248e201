/// **Loop driver**: volumes as image files in a [dev.moorage.drivers.pool.Pool], shown to this node
/// as loop devices.
///
/// - Comes in: [LoopDriver.Settings]; CSI calls, through the driver kit.
/// - Goes out: one image per volume and per snapshot, allocated in full or (`provisioning: thin`)
///   as it is written; one loop device per staged volume, fenced by a lock on the image.
/// - A snapshot: the filesystem is frozen, its image cloned (the two share their blocks), thawed; a
///   ledger knows what is frozen, a watchdog thaws after ten seconds, the next start after a crash.
///   Copies get filesystem ids of their own before anybody has them.
/// - Each node runs its own instance with its own pool: volumes are reachable from one node.
/// - Never: formats or mounts (the kit's work), deletes an image that is attached.
/// - Story: "a claim becomes a mounted directory", steps 6 and 14; "a claim goes away", step 9.
package dev.moorage.drivers.loop;
