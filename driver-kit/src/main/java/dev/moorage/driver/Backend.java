package dev.moorage.driver;

import java.util.List;

/// What a driver is made from. Its storage's abilities are the small interfaces that it implements
/// beside this one; the driver advertises exactly those.
///
/// The kit calls a backend for one volume at a time, and for several volumes at once: while a
/// volume is made from another one or a snapshot is cut, no other copy of that one is, and nothing
/// grows or removes it. Volumes are made from one snapshot side by side. Every method may be called
/// again after a crash half-way, and then finds what is there. Failures are
/// [dev.moorage.csi.CsiException] or [dev.moorage.host.HostException].
public interface Backend {

  /// How its volumes can be used.
  Support support();

  /// Makes the storage ready, before anything else is called; again after a failure.
  ///
  /// @param volumes every one in the kit's ledger, half-made ones included
  /// @param snapshots every one in the kit's ledger, half-made ones included
  default void open(List<VolumeRecord> volumes, List<SnapshotRecord> snapshots) {}

  /// Lets the storage go; volumes that are still in use stay as they are.
  ///
  /// @throws dev.moorage.host.HostException saying what could not be let go
  default void close() {}
}
