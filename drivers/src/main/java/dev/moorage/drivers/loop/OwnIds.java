package dev.moorage.drivers.loop;

import dev.moorage.csi.VolumeId;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import java.util.Set;

/// Gives copied filesystems ids of their own: an xfs refuses to be mounted beside another one of
/// the same id, and tools take such twins for one.
///
/// What is in a copy's journal must be in its blocks before: it is mounted once, where nobody sees
/// it. A folder stands for as long as that takes, so that the next start finds what a crash left.
final class OwnIds {
  private static final String PREFIX = "own-id-";
  private static final Set<String> KNOWN = Set.of("xfs", "ext4", "btrfs");

  private final Host host;
  private final Images images;
  private final String stateDir;

  OwnIds(Host host, Images images, String stateDir) {
    this.host = host;
    this.images = images;
    this.stateDir = stateDir;
  }

  /// Takes down what a crash left.
  void open() {
    for (var name : host.files().names(stateDir))
      if (name.startsWith(PREFIX)) takeDown(new VolumeId(name.substring(PREFIX.length())));
  }

  /// Takes down what an earlier try left of a volume that nobody has yet.
  void clear(VolumeId volume) {
    if (host.files().look(folder(volume)).isPresent()) takeDown(volume);
  }

  /// Gives the filesystem in a volume's image an id of its own; an image without one stays as it
  /// is.
  void give(VolumeId volume) {
    host.files().makeFolder(folder(volume), 0700);
    try {
      var device = host.loops().attach(images.of(volume), Options.FENCED).device();
      host.filesystems()
          .probe(device)
          .filter(KNOWN::contains)
          .ifPresent(type -> {
            if (!type.equals("ext4")) replay(device, type, folder(volume));
            host.filesystems().renewId(device, type); // e2fsck replays by itself
          });
    } finally {
      takeDown(volume);
    }
  }

  private void replay(String device, String type, String folder) {
    try {
      host.mounts().mount(device, folder, type, mountOptions(type));
      host.mounts().unmount(folder);
    } catch (HostException twin) {
      // Older kernels refuse a btrfs beside its original. One that was frozen when it was copied
      // has
      // nothing in its log.
      if (!type.equals("btrfs") || !twin.is(Errno.EEXIST)) throw twin;
    }
  }

  /// Options that let a copy be mounted beside its original.
  static List<String> mountOptions(String type) {
    return type.equals("xfs") ? List.of("nouuid") : List.of();
  }

  private void takeDown(VolumeId volume) {
    var folder = folder(volume);
    if (host.mounts().at(folder).isPresent()) host.mounts().unmount(folder);
    for (var loop : host.loops().over(images.of(volume))) host.loops().detach(loop.device());
    host.files().removeFolder(folder);
  }

  private String folder(VolumeId volume) {
    return stateDir + "/" + PREFIX + volume;
  }
}
