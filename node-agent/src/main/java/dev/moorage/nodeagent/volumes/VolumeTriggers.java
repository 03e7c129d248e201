package dev.moorage.nodeagent.volumes;

import dev.moorage.base.ObjectKey;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.VolumeAttachment;
import dev.moorage.nodeagent.volumes.KubeVolumeObjects.Caches;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which watched objects wake which volumes (by the PersistentVolume's name). Only volumes that a
/// pod of this node uses, or that the node reports in use, are looked at.
final class VolumeTriggers {
  private final Caches caches;
  private final String nodeName;

  VolumeTriggers(Caches caches, String nodeName) {
    this.caches = caches;
    this.nodeName = nodeName;
  }

  Collection<ObjectKey> pod(Pod pod) {
    return keys(ofPod(pod));
  }

  Collection<ObjectKey> claim(PersistentVolumeClaim claim) {
    return used(claim.key()) ? keys(List.of(claim.volumeName())) : List.of();
  }

  Collection<ObjectKey> volume(PersistentVolume volume) {
    boolean wanted = volume.claim().set() && used(volume.claim().key());
    return wanted || inUse().contains(uniqueName(volume))
        ? List.of(ObjectKey.cluster(volume.meta().name()))
        : List.of();
  }

  Collection<ObjectKey> attachment(VolumeAttachment attachment) {
    return attachment.nodeName().equals(nodeName)
        ? keys(List.of(attachment.volumeName()))
        : List.of();
  }

  Collection<ObjectKey> node(Node node) {
    var listed = new TreeSet<>(node.volumesInUse());
    listed.addAll(node.volumesAttached().keySet());
    var names = here();
    for (PersistentVolume volume : caches.volumes().all())
      if (listed.contains(uniqueName(volume))) names.add(volume.meta().name());
    return keys(names);
  }

  /// Everything that has to do with this node, as far as the API says.
  Collection<ObjectKey> all() {
    return keys(here());
  }

  private SortedSet<String> here() {
    var names = new TreeSet<String>();
    for (Pod pod : caches.pods().all()) names.addAll(ofPod(pod));
    var inUse = inUse();
    for (PersistentVolume volume : caches.volumes().all())
      if (inUse.contains(uniqueName(volume))) names.add(volume.meta().name());
    return names;
  }

  private SortedSet<String> ofPod(Pod pod) {
    var names = new TreeSet<String>();
    for (String claim : pod.claims())
      caches
          .claims()
          .find(new ObjectKey(pod.meta().namespace(), claim))
          .ifPresent(found -> names.add(found.volumeName()));
    return names;
  }

  private boolean used(ObjectKey claim) {
    return caches.pods().all().stream()
        .anyMatch(pod ->
            pod.meta().namespace().equals(claim.namespace())
                && pod.claims().contains(claim.name()));
  }

  private SortedSet<String> inUse() {
    var names = new TreeSet<String>();
    caches.nodes().find(ObjectKey.cluster(nodeName)).ifPresent(n -> names.addAll(n.volumesInUse()));
    return names;
  }

  private static String uniqueName(PersistentVolume volume) {
    return Places.uniqueName(volume.csi().driver(), new VolumeId(volume.csi().handle()));
  }

  private static List<ObjectKey> keys(Collection<String> names) {
    return names.stream().filter(name -> !name.isEmpty()).map(ObjectKey::cluster).toList();
  }
}
