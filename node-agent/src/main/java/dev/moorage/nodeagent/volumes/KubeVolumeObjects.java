package dev.moorage.nodeagent.volumes;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Events;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Node;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.VolumeAttachment;
import java.util.List;
import java.util.Optional;

/// The API as volumes need it, through an actor's caches.
final class KubeVolumeObjects implements VolumeObjects {
  private static final String FAILED_MOUNT = "FailedMount";
  private static final String FAILED_UNMOUNT = "FailedUnMount";

  private final Caches caches;
  private final Kube kube;
  private final Events events;
  private final ObjectKey node;

  KubeVolumeObjects(Caches caches, Kube kube, Events events, String nodeName) {
    this.caches = caches;
    this.kube = kube;
    this.events = events;
    this.node = ObjectKey.cluster(nodeName);
  }

  /// What the actor watches.
  record Caches(
      Cache<Pod> pods,
      Cache<PersistentVolumeClaim> claims,
      Cache<PersistentVolume> volumes,
      Cache<Node> nodes,
      Cache<CsiDriver> drivers) {}

  @Override
  public Optional<PersistentVolume> volume(String name) {
    return caches.volumes().find(ObjectKey.cluster(name));
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
    return caches.claims().find(key);
  }

  @Override
  public List<Pod> pods() {
    return caches.pods().all();
  }

  @Override
  public Optional<Node> node() {
    return caches.nodes().find(node);
  }

  @Override
  public Optional<Node> nodeNow() {
    return kube.get(Kinds.NODE, node);
  }

  @Override
  public Optional<VolumeAttachment> attachmentNow(String name) {
    return kube.get(Kinds.ATTACHMENT, ObjectKey.cluster(name));
  }

  @Override
  public Optional<CsiDriver> driver(String name) {
    return name.isEmpty() ? Optional.empty() : caches.drivers().find(ObjectKey.cluster(name));
  }

  @Override
  public Secrets secrets(Optional<ObjectKey> reference) {
    return reference.map(this::secret).orElse(Secrets.NONE);
  }

  private Secrets secret(ObjectKey key) {
    var secret =
        kube.get(Kinds.SECRET, key)
            .orElseThrow(() ->
                new KubeException(
                    KubeException.Reason.NotFound,
                    "secret " + key + ", which the PersistentVolume names, is not there"));
    return new Secrets(secret.data());
  }

  @Override
  public String serviceAccount(ObjectKey pod) {
    return kube.get(Kinds.POD.raw(), pod)
        .map(raw -> raw.tree().text("spec", "serviceAccountName"))
        .orElse("");
  }

  /// Not guarded by a version: adding to a set gives the same whatever else changed.
  @Override
  public void reportInUse(String uniqueName) {
    changeInUse(Patch.NONE.include(uniqueName, "status", "volumesInUse"));
  }

  @Override
  public void forgetInUse(String uniqueName) {
    changeInUse(Patch.NONE.exclude(uniqueName, "status", "volumesInUse"));
  }

  private void changeInUse(Patch patch) {
    var _ = kube.changeStatus(Kinds.NODE, node, "", patch);
  }

  @Override
  public void failedMount(List<ObjectKey> pods, String message) {
    for (Pod pod : found(pods)) events.warning(Kinds.POD, pod, FAILED_MOUNT, message);
  }

  @Override
  public void blocked(List<ObjectKey> pods, String message) {
    for (Pod pod : found(pods)) events.warningOnce(Kinds.POD, pod, FAILED_MOUNT, message);
  }

  @Override
  public void failedUnmount(String name, List<ObjectKey> pods, String message) {
    var text = unmounting(name, message);
    for (Pod pod : found(pods)) events.warning(Kinds.POD, pod, FAILED_UNMOUNT, text);
    volume(name).ifPresent(it -> events.warning(Kinds.VOLUME, it, FAILED_UNMOUNT, text));
  }

  @Override
  public void waitsForDriver(String name, List<ObjectKey> pods, String message) {
    var text = unmounting(name, message);
    for (Pod pod : found(pods)) events.warningOnce(Kinds.POD, pod, FAILED_UNMOUNT, text);
    volume(name).ifPresent(it -> events.warningOnce(Kinds.VOLUME, it, FAILED_UNMOUNT, text));
  }

  private String unmounting(String name, String message) {
    return "unmounting volume \"" + name + "\" on node " + node.name() + ": " + message;
  }

  private List<Pod> found(List<ObjectKey> pods) {
    return pods.stream().flatMap(pod -> caches.pods().find(pod).stream()).toList();
  }
}
