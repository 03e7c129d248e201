package dev.moorage.nodeagent.volumes;

import dev.moorage.csi.VolumeId;
import dev.moorage.kube.TextMap;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `vol_data.json` says: written before the driver is called, so that a call whose answer was
/// lost can be undone. The kubelet's keys, and ours for the ends of staging and of publishing.
record DataFile(SortedMap<String, String> texts) {
  private static final String DRIVER = "driverName";
  private static final String HANDLE = "volumeHandle";
  private static final String VOLUME = "specVolID";
  private static final String STAGED_IN = "moorageStagedIn";
  private static final String MOUNTED = "moorageMounted";
  private static final String PUBLISHED = "mooragePublished";

  DataFile {
    texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
  }

  /// Beside the global path; with `specVolID`, so that a volume which is gone from the API is still
  /// found by its name.
  static DataFile ofDevice(Identity volume) {
    return new DataFile(
        new TreeMap<>(
            Map.of(
                DRIVER, volume.driver(), HANDLE, volume.volume().text(), VOLUME, volume.name())));
  }

  /// Beside a pod's published path.
  static DataFile ofPod(Identity volume, String node) {
    var texts = new TreeMap<>(ofDevice(volume).texts);
    texts.put("nodeName", node);
    texts.put("attachmentID", Places.attachmentName(volume.driver(), volume.volume(), node));
    texts.put("volumeLifecycleMode", "Persistent");
    return new DataFile(texts);
  }

  static Optional<DataFile> read(String text) {
    return TextMap.read(text).map(DataFile::new);
  }

  String write() {
    return TextMap.write(texts);
  }

  /// The same, saying that staging ended well in this boot of the host.
  DataFile staged(String bootId, boolean mounted) {
    var more = new TreeMap<>(texts);
    more.put(STAGED_IN, bootId);
    more.put(MOUNTED, Boolean.toString(mounted));
    return new DataFile(more);
  }

  /// Whether staging ended well in this boot, and what it mounted (if it did) is still there.
  boolean stagedIn(String bootId, boolean mountedNow) {
    return texts.getOrDefault(STAGED_IN, "").equals(bootId)
        && (mountedNow || !texts.getOrDefault(MOUNTED, "").equals("true"));
  }

  /// The same, saying that publishing ended well. A mount alone doesn't say so: its driver may have
  /// died over it, and takes it away when it comes back.
  DataFile published() {
    var more = new TreeMap<>(texts);
    more.put(PUBLISHED, "true");
    return new DataFile(more);
  }

  boolean isPublished() {
    return texts.getOrDefault(PUBLISHED, "").equals("true");
  }

  /// Which volume this is about; empty when the file was damaged or written by others.
  Optional<Identity> identity(String volumeName) {
    var driver = texts.getOrDefault(DRIVER, "");
    var handle = texts.getOrDefault(HANDLE, "");
    return driver.isEmpty() || handle.isEmpty()
        ? Optional.empty()
        : Optional.of(new Identity(volumeName, driver, new VolumeId(handle)));
  }

  boolean names(String volumeName) {
    return volumeName().equals(volumeName);
  }

  String volumeName() {
    return texts.getOrDefault(VOLUME, "");
  }
}
