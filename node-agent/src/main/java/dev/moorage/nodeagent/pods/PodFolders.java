package dev.moorage.nodeagent.pods;

import dev.moorage.host.Files;

/// The folders and records of a pod that has ended. Source: the kubelet's clean-up of orphaned pod
/// directories: never recursive, so that nothing of a volume can be lost.
final class PodFolders {
  private final Files files;
  private final ContainerRecords records;
  private final PodPlaces places;

  PodFolders(Files files, ContainerRecords records, PodPlaces places) {
    this.files = files;
    this.records = records;
    this.places = places;
  }

  /// Removes logs and empty folders.
  void removeFolders(String uid) {
    for (String log : files.names(places.logs(uid))) files.removeFile(places.logs(uid) + "/" + log);
    files.removeFolder(places.logs(uid));
    files.removeFolder(places.csiVolumes(uid));
    files.removeFolder(places.volumes(uid));
    files.removeFolder(places.pod(uid));
  }

  /// Removes everything; the records last, so that a crash in between still finds the folders.
  void clear(String uid) {
    removeFolders(uid);
    records.forget(uid);
  }
}
