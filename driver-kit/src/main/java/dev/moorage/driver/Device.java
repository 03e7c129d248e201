package dev.moorage.driver;

import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts.Mount;
import java.util.List;
import java.util.Optional;

/// One volume's device in the kernel's mount table: what is really there, whatever the ledger says.
final class Device {
  /// Stacked mounts that are taken off one path; more are a fault that people must look at.
  private static final int MOST_STACKED = 16;

  private final VolumeId volume;
  private final GivesDevices backend;
  private final Host host;

  Device(VolumeId volume, GivesDevices backend, Host host) {
    this.volume = volume;
    this.backend = backend;
    this.host = host;
  }

  /// The topmost mount at a path, if it shows this volume.
  Optional<Mount> at(String path) {
    return host.mounts().at(path).filter(this::shownBy);
  }

  /// Paths where this volume is mounted.
  List<String> paths() {
    var device = backend.device(volume);
    if (device.isEmpty()) return List.of();
    return host.mounts().table().stream()
        .filter(mount -> mount.source().equals(device.get()))
        .map(Mount::target)
        .toList();
  }

  private boolean shownBy(Mount mount) {
    return backend.device(volume).filter(mount.source()::equals).isPresent();
  }

  /// Takes every mount of this volume off a path, and verifies it.
  void unmount(String path) {
    for (int i = 0; at(path).isPresent(); i++) {
      if (i == MOST_STACKED)
        throw new HostException(
            Errno.EBUSY, "volume " + volume + " is still mounted at " + path + ", many times over");
      host.mounts().unmount(path);
    }
  }

  /// Refuses a path at which something else is mounted.
  void checkNothingElseAt(String path) {
    var mount = host.mounts().at(path);
    if (mount.isPresent() && !shownBy(mount.get()))
      throw Refusals.precondition(
          "volume " + volume + ": " + mount.get().source() + " is mounted at " + path + " already");
  }

  /// Takes the device away, unless it is mounted somewhere else.
  void disconnect() {
    var paths = paths();
    if (!paths.isEmpty())
      throw Refusals.precondition("volume " + volume + " is still mounted at " + paths);
    backend.disconnect(volume);
  }
}
