package dev.moorage.controlplane.attachdetach;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.VolumeAttachment;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which objects wake which volume on which node (key: node as namespace, volume as name).
final class AttachTriggers {
  private final AttachCaches caches;

  AttachTriggers(AttachCaches caches) {
    this.caches = caches;
  }

  void set(Actor actor) {
    actor.wake(caches.pods(), this::concernedBy);
    actor.wake(caches.claims(), this::concernedBy);
    actor.wake(caches.volumes(), this::concernedBy);
    actor.wake(caches.nodes(), this::concernedBy);
    actor.wake(caches.drivers(), this::concernedBy);
    actor.wake(caches.attachments(), this::concernedBy);
  }

  private Collection<ObjectKey> concernedBy(Pod pod) {
    if (pod.nodeName().isEmpty()) return List.of();
    return caches.volumesOf(pod).stream()
        .map(volume -> new ObjectKey(pod.nodeName(), volume))
        .toList();
  }

  private Collection<ObjectKey> concernedBy(PersistentVolumeClaim claim) {
    return claim.volumeName().isEmpty() ? List.of() : everywhere(claim.volumeName());
  }

  private Collection<ObjectKey> concernedBy(PersistentVolume volume) {
    return everywhere(volume.meta().name());
  }

  /// The attachment's own node, and the nodes that wait for this one to let go.
  private Collection<ObjectKey> concernedBy(VolumeAttachment attachment) {
    if (attachment.volumeName().isEmpty()) return List.of();
    var keys = everywhere(attachment.volumeName());
    keys.add(new ObjectKey(attachment.nodeName(), attachment.volumeName()));
    return keys;
  }

  private Collection<ObjectKey> concernedBy(AttachNode node) {
    var keys = new TreeSet<ObjectKey>();
    var name = node.meta().name();
    for (var attachment : caches.attachments().all())
      if (attachment.nodeName().equals(name) && !attachment.volumeName().isEmpty())
        keys.add(new ObjectKey(name, attachment.volumeName()));
    for (var pod : caches.pods().all())
      if (pod.nodeName().equals(name)) keys.addAll(concernedBy(pod));
    for (var volume : caches.volumes().all())
      if (node.node().volumesAttached().containsKey(UniqueName.of(volume)))
        keys.add(new ObjectKey(name, volume.meta().name()));
    return keys;
  }

  private Collection<ObjectKey> concernedBy(CsiDriver driver) {
    var keys = new TreeSet<ObjectKey>();
    for (var volume : caches.volumes().all())
      if (volume.csi().driver().equals(driver.meta().name()))
        keys.addAll(everywhere(volume.meta().name()));
    return keys;
  }

  /// The volume on all nodes where it is wanted or has an attachment.
  private Set<ObjectKey> everywhere(String volume) {
    var keys = new TreeSet<ObjectKey>();
    for (var pod : caches.podsWanting(volume)) keys.add(new ObjectKey(pod.nodeName(), volume));
    for (var attachment : caches.attachments().all())
      if (attachment.volumeName().equals(volume))
        keys.add(new ObjectKey(attachment.nodeName(), volume));
    return keys;
  }
}
