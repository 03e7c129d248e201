package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import dev.moorage.host.BlockDevices;
import dev.moorage.host.Host;
import dev.moorage.host.Mounts.Mount;
import java.util.List;
import java.util.Optional;

/// A volume that its backend shows as a block device: mounted, or its node bound to a file.
record Device(VolumeId volume, GivesDevices backend, Host host) implements Shown {

  @Override
  public boolean exists() {
    return backend.exists(volume);
  }

  @Override
  public Optional<String> path() {
    return backend.device(volume);
  }

  @Override
  public String connect() {
    return backend.connect(volume);
  }

  @Override
  public void disconnect() {
    backend.disconnect(volume);
  }

  @Override
  public boolean isIn(Mount mount, String path, List<Mount> table) {
    return mount.source().equals(path) || MountedAt.of(path, table).isShownBy(mount);
  }

  /// What the device is; empty while there is none.
  Optional<BlockDevices.Seen> seen() {
    return path().flatMap(host.blockDevices()::look);
  }

  /// Lets the device refuse writes, or take them again: a read-only bind does not stop them.
  void protect(boolean readOnly) {
    path().ifPresent(device -> host.blockDevices().protect(device, readOnly));
  }
}
