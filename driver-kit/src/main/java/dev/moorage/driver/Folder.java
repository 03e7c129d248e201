package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import dev.moorage.host.Mounts.Mount;
import java.util.List;
import java.util.Optional;

/// A volume that its backend shows as a folder, which is bound elsewhere.
record Folder(VolumeId volume, GivesFolders backend, Host host) implements Shown {

  @Override
  public boolean exists() {
    return backend.exists(volume);
  }

  @Override
  public Optional<String> path() {
    return backend.folder(volume);
  }

  @Override
  public String connect() {
    return backend.connect(volume);
  }

  @Override
  public void disconnect() {
    backend.disconnect(volume);
  }

  /// The backend's own mount at the folder, if there is one, is not ours.
  @Override
  public boolean isIn(Mount mount, String path, List<Mount> table) {
    return !mount.target().equals(path) && MountedAt.of(path, table).isShownBy(mount);
  }
}
