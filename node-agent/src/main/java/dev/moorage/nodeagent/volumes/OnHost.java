package dev.moorage.nodeagent.volumes;

import dev.moorage.host.Files.Entry;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.nodeagent.volumes.VolumeView.Shown;
import dev.moorage.nodeagent.volumes.VolumeView.Staged;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// What of volumes stands on this host, and the folders around it. The host is the only memory:
/// after a restart the same look finds the same state.
final class OnHost {
  private static final int PRIVATE = 0750;

  private final Host host;
  private final Places places;

  OnHost(Host host, Places places) {
    this.host = host;
    this.places = places;
  }

  Places places() {
    return places;
  }

  List<Mount> mounts() {
    return host.mounts().table();
  }

  /// Uids of pods that have a folder for this volume, sorted.
  List<String> podsWith(String volumeName) {
    return host.files().names(places.pods()).stream()
        .filter(uid -> there(places.inPod(uid, volumeName)))
        .toList();
  }

  /// Names of all volumes that have something on this host, sorted.
  List<String> volumeNames() {
    var names = new TreeSet<String>();
    for (String uid : host.files().names(places.pods()))
      names.addAll(host.files().names(places.ofPod(uid)));
    for (String device : devices())
      data(device).map(DataFile::volumeName).filter(name -> !name.isEmpty()).ifPresent(names::add);
    return List.copyOf(names);
  }

  private List<String> devices() {
    return host.files().names(places.devices()).stream()
        .flatMap(driver ->
            host.files().names(places.devices() + "/" + driver).stream()
                .map(hash -> places.devices() + "/" + driver + "/" + hash))
        .toList();
  }

  /// Which volume this host's files mean by a PersistentVolume's name.
  Optional<Identity> identity(String volumeName) {
    for (String uid : podsWith(volumeName)) {
      var found = data(places.inPod(uid, volumeName)).flatMap(data -> data.identity(volumeName));
      if (found.isPresent()) return found;
    }
    return devices().stream()
        .flatMap(device -> data(device).stream())
        .filter(data -> data.names(volumeName))
        .flatMap(data -> data.identity(volumeName).stream())
        .findFirst();
  }

  Shown shown(String podUid, String volumeName, List<Mount> mounts) {
    var folder = places.inPod(podUid, volumeName);
    boolean mounted = mountedAt(places.target(podUid, volumeName), mounts);
    if (mounted && data(folder).filter(DataFile::isPublished).isPresent()) return Shown.MOUNTED;
    if (mounted || there(file(folder))) return Shown.BEGUN;
    return there(folder) ? Shown.FOLDER : Shown.NOWHERE;
  }

  Staged staged(Identity volume, List<Mount> mounts) {
    var folder = places.device(volume.driver(), volume.volume());
    boolean mounted = mountedAt(places.staging(volume.driver(), volume.volume()), mounts);
    if (data(folder).filter(data -> data.stagedIn(host.bootId(), mounted)).isPresent())
      return Staged.DONE;
    if (mounted || there(file(folder))) return Staged.BEGUN;
    return there(folder) ? Staged.FOLDER : Staged.NOWHERE;
  }

  /// Makes the global path, and the file that says what it is for before the driver is called.
  void beginStaging(Identity volume) {
    host.files().makeFolder(places.staging(volume.driver(), volume.volume()), PRIVATE);
    write(places.device(volume.driver(), volume.volume()), DataFile.ofDevice(volume));
  }

  void endStaging(Identity volume) {
    boolean mounted = isMounted(places.staging(volume.driver(), volume.volume()));
    write(
        places.device(volume.driver(), volume.volume()),
        DataFile.ofDevice(volume).staged(host.bootId(), mounted));
  }

  /// Makes the folder around a pod's published path (the path itself is the driver's to make), and
  /// its data file.
  void beginPublishing(Identity volume, String podUid, String node) {
    var folder = places.inPod(podUid, volume.name());
    host.files().makeFolder(folder, PRIVATE);
    write(folder, DataFile.ofPod(volume, node));
  }

  void endPublishing(Identity volume, String podUid, String node) {
    write(places.inPod(podUid, volume.name()), DataFile.ofPod(volume, node).published());
  }

  private void write(String folder, DataFile data) {
    host.files().write(file(folder), data.write());
  }

  /// Removes what stands at the global path, once nothing is mounted there.
  void endUnstaging(Identity volume) {
    remove(
        places.device(volume.driver(), volume.volume()),
        places.staging(volume.driver(), volume.volume()));
  }

  /// Removes a pod's folder for a volume, once nothing is mounted there.
  void endUnpublishing(String podUid, String volumeName) {
    remove(places.inPod(podUid, volumeName), places.target(podUid, volumeName));
  }

  /// Only ever by rmdir: whatever data a mount should have covered stays. The data file goes after
  /// the path, so that a crash in between still knows the volume; and before its folder, so that an
  /// empty folder means that nothing is left to call for.
  private void remove(String folder, String path) {
    if (isMounted(path))
      throw new HostException(
          Errno.EBUSY, "the driver said that it had unmounted " + path + ", and it had not");
    host.files().removeFolder(path);
    host.files().removeFile(file(folder));
    host.files().removeFolder(folder);
  }

  void unmount(String path) {
    if (isMounted(path)) host.mounts().unmount(path);
  }

  /// Refuses to go on while something else shows what is mounted at a path. Source: the kubelet's
  /// `UnmountDevice`, which never lets a device go under a mount of others.
  void refuseOtherMounts(String path) {
    var table = mounts();
    var mine = table.stream().filter(mount -> mount.target().equals(path)).findFirst();
    if (mine.isEmpty()) return;
    var others =
        table.stream()
            .filter(mount ->
                mount.device().equals(mine.get().device())
                    && mount.root().equals(mine.get().root())
                    && !mount.target().equals(path))
            .map(Mount::target)
            .toList();
    if (!others.isEmpty())
      throw new HostException(
          Errno.EBUSY, path + " is still shown at " + others + "; unmount it there");
  }

  boolean isMounted(String path) {
    return mountedAt(path, mounts());
  }

  private static boolean mountedAt(String path, List<Mount> mounts) {
    return mounts.stream().anyMatch(mount -> mount.target().equals(path));
  }

  private Optional<DataFile> data(String folder) {
    return host.files().read(file(folder)).flatMap(DataFile::read);
  }

  private static String file(String folder) {
    return folder + "/" + Places.DATA_FILE;
  }

  private boolean there(String path) {
    return host.files().look(path).map(Entry::sort).isPresent();
  }
}
