package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.host.Files;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.host.Sandboxes.Bind;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.TextMap;
import dev.moorage.nodeagent.pods.PodView.Ready;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a pod's containers need before they can start: a command, and the mounts of their claims.
final class PodNeeds {
  private final PodObjects objects;
  private final PodPlaces places;
  private final Files files;

  PodNeeds(PodObjects objects, PodPlaces places, Files files) {
    this.objects = objects;
    this.places = places;
    this.files = files;
  }

  Ready ready(Pod pod, List<Mount> mounts) {
    var never = never(pod);
    if (never.isPresent()) return new Ready.Never(never.get());
    for (var container : pod.containers())
      for (var mount : container.mounts()) {
        var why = missing(pod, mount, mounts);
        if (why.isPresent()) return new Ready.NotYet(why.get());
      }
    return new Ready.Yes();
  }

  private static Optional<String> never(Pod pod) {
    for (var container : pod.containers()) {
      var why = never(pod, container);
      if (why.isPresent()) return Optional.of("container " + container.name() + " " + why.get());
    }
    return Optional.empty();
  }

  private static Optional<String> never(Pod pod, Pod.Container container) {
    if (container.command().isEmpty())
      return Optional.of(
          "has no command; images are not pulled, so spec.containers[].command says what to run");
    if (!container.devices().isEmpty())
      return Optional.of("asks for raw block devices, which this node agent does not offer");
    for (var mount : container.mounts()) {
      if (!mount.subPath().isEmpty())
        return Optional.of(
            "asks for subPath " + mount.subPath() + ", which this node agent does not offer");
      var volume = volume(pod, mount);
      if (volume.isEmpty())
        return Optional.of("mounts volume " + mount.volume() + ", which the pod does not have");
      if (volume.get().claimName().isEmpty())
        return Optional.of(
            "mounts volume "
                + mount.volume()
                + " of sort "
                + volume.get().sort()
                + "; this node agent offers persistentVolumeClaim only");
    }
    return Optional.empty();
  }

  private Optional<String> missing(Pod pod, Pod.VolumeMount mount, List<Mount> mounts) {
    var claim = claim(pod, volume(pod, mount).orElseThrow());
    if (claim.isEmpty())
      return Optional.of("a claim of volume " + mount.volume() + " is not there");
    if (!claim.get().bound()) return Optional.of("claim " + claim.get().key() + " is not bound");
    return isPublished(pod.meta().uid(), claim.get().volumeName(), mounts)
        ? Optional.empty()
        : Optional.of("claim " + claim.get().key() + " is not mounted yet");
  }

  /// A mount is not enough: after a crash in the middle of publishing, the driver takes it away
  /// again. The volumes room writes down when publishing has ended well.
  private boolean isPublished(String uid, String volumeName, List<Mount> mounts) {
    var path = places.published(uid, volumeName);
    return mounts.stream().anyMatch(there -> there.target().equals(path))
        && files
            .read(places.volumeData(uid, volumeName))
            .flatMap(TextMap::read)
            .filter(data -> data.getOrDefault("mooragePublished", "").equals("true"))
            .isPresent();
  }

  /// What a container sees of its volumes; only when [#ready].
  List<Bind> binds(Pod pod, Pod.Container container) {
    var binds = new ArrayList<Bind>();
    for (var mount : container.mounts()) {
      var volume = volume(pod, mount).orElseThrow();
      var claim = claim(pod, volume).orElseThrow();
      binds.add(
          new Bind(
              places.published(pod.meta().uid(), claim.volumeName()),
              mount.path(),
              mount.readOnly() || volume.readOnly()));
    }
    return binds;
  }

  private Optional<PersistentVolumeClaim> claim(Pod pod, Pod.Volume volume) {
    return objects.claim(new ObjectKey(pod.meta().namespace(), volume.claimName()));
  }

  private static Optional<Pod.Volume> volume(Pod pod, Pod.VolumeMount mount) {
    return pod.volumes().stream().filter(v -> v.name().equals(mount.volume())).findFirst();
  }
}
