package dev.moorage.controlplane.attachdetach;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.controller.Events;
import dev.moorage.controlplane.attachdetach.AttachView.AttachmentFact;
import dev.moorage.controlplane.attachdetach.AttachView.Health;
import dev.moorage.controlplane.attachdetach.AttachView.NodeFact;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Tree;
import dev.moorage.kube.VolumeAttachment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// [Attachments] over the API.
final class KubeAttachments implements Attachments {
  private final AttachCaches caches;
  private final Kube kube;
  private final Events events;
  private final Tasks tasks;

  KubeAttachments(AttachCaches caches, Kube kube, Events events, Tasks tasks) {
    this.caches = caches;
    this.kube = kube;
    this.events = events;
    this.tasks = tasks;
  }

  @Override
  public AttachView view(ObjectKey key) {
    var wanting = wanting(key);
    var attachment = attachment(key);
    var elsewhere = nodesElsewhere(key);
    return new AttachView(
        wanting,
        node(key, wanting.isEmpty() && attachment.isPresent()),
        attachment.map(KubeAttachments::fact).orElseGet(AttachmentFact.None::new),
        volume(key).filter(KubeAttachments::isExclusive).isPresent(),
        elsewhere,
        caches.podsWanting(key.name()).stream()
            .filter(pod -> elsewhere.contains(pod.nodeName()))
            .toList());
  }

  private List<Pod> wanting(ObjectKey key) {
    var volume = volume(key);
    if (volume.isEmpty() || !caches.attaches(volume.get().csi().driver())) return List.of();
    return caches.podsWanting(key.name()).stream()
        .filter(pod -> pod.nodeName().equals(key.namespace()))
        .toList();
  }

  private Optional<PersistentVolume> volume(ObjectKey key) {
    return caches.volumes().find(ObjectKey.cluster(key.name()));
  }

  private Optional<VolumeAttachment> attachment(ObjectKey key) {
    return caches.attachments().all().stream()
        .filter(it -> it.nodeName().equals(key.namespace()) && it.volumeName().equals(key.name()))
        .findFirst();
  }

  private List<String> nodesElsewhere(ObjectKey key) {
    return caches.attachments().all().stream()
        .filter(it -> it.volumeName().equals(key.name()))
        .map(VolumeAttachment::nodeName)
        .filter(node -> !node.equals(key.namespace()))
        .toList();
  }

  /// Exclusive unless it has a mode for many nodes; a volume without modes is not.
  private static boolean isExclusive(PersistentVolume volume) {
    var modes = volume.accessModes();
    return !modes.isEmpty() && !modes.contains("ReadWriteMany") && !modes.contains("ReadOnlyMany");
  }

  private static AttachmentFact fact(VolumeAttachment attachment) {
    if (attachment.meta().deleting()) return new AttachmentFact.Detaching(attachment.detachError());
    return attachment.attached()
        ? new AttachmentFact.Attached()
        : new AttachmentFact.Pending(attachment.attachError());
  }

  /// Before a detach the node is read live: it may have begun to use the volume since the cache saw
  /// it, and a node that the cache misses may be there.
  private NodeFact node(ObjectKey key, boolean live) {
    var name = ObjectKey.cluster(key.namespace());
    var node = live ? kube.get(AttachNode.KIND, name) : caches.nodes().find(name);
    if (node.isEmpty()) node = kube.get(AttachNode.KIND, name);
    return node.<NodeFact>map(it -> there(key, it)).orElseGet(NodeFact.Gone::new);
  }

  private NodeFact there(ObjectKey key, AttachNode node) {
    return new NodeFact.There(
        node.managed(), isInUse(key, node), isReported(key, node), health(node));
  }

  private boolean isReported(ObjectKey key, AttachNode node) {
    return volume(key)
        .filter(it -> node.node().volumesAttached().containsKey(UniqueName.of(it)))
        .isPresent();
  }

  /// Without the volume's object its handle is not known: then anything of its driver that belongs
  /// to no volume we know could be it.
  private boolean isInUse(ObjectKey key, AttachNode node) {
    var inUse = node.node().volumesInUse();
    var volume = volume(key);
    if (volume.isPresent()) return inUse.contains(UniqueName.of(volume.get()));
    var known = caches.volumes().all().stream().map(UniqueName::of).toList();
    var prefix = attachment(key).map(it -> UniqueName.prefix(it.attacher())).orElse("none");
    return inUse.stream().anyMatch(name -> name.startsWith(prefix) && !known.contains(name));
  }

  private Health health(AttachNode node) {
    if (node.outOfService()) return new Health.OutOfService();
    var now = tasks.now();
    return node.notReadySince()
        .<Health>map(since -> new Health.NotReady(Duration.between(since, now)))
        .orElseGet(Health.Ready::new);
  }

  @Override
  public void create(ObjectKey key) {
    var volume = volume(key).orElseThrow();
    kube.create(
        Kinds.ATTACHMENT,
        Tree.object(
            "apiVersion",
            Kinds.ATTACHMENT.apiVersion(),
            "kind",
            Kinds.ATTACHMENT.name(),
            "metadata",
            Tree.object("name", UniqueName.attachment(volume, key.namespace())),
            "spec",
            Tree.object(
                "attacher",
                volume.csi().driver(),
                "nodeName",
                key.namespace(),
                "source",
                Tree.object("persistentVolumeName", key.name()))));
  }

  @Override
  public void delete(ObjectKey key, boolean force) {
    attachment(key)
        .ifPresent(it -> kube.delete(Kinds.ATTACHMENT, it.key(), Deletion.ofUid(it.meta().uid())));
  }

  @Override
  public void report(ObjectKey key) {
    var volume = volume(key).orElseThrow();
    var entry = Tree.object("name", UniqueName.of(volume), "devicePath", "");
    changeNode(key, Patch.NONE.setItem("name", entry, "status", "volumesAttached"));
    for (var pod : wanting(key))
      events.normalOnce(
          Kinds.POD,
          pod,
          "SuccessfulAttachVolume",
          "AttachVolume.Attach succeeded for volume \"" + key.name() + "\" ");
  }

  @Override
  public void withdraw(ObjectKey key) {
    volume(key)
        .ifPresent(it ->
            changeNode(
                key,
                Patch.NONE.removeItem("name", UniqueName.of(it), "status", "volumesAttached")));
  }

  /// Unguarded: the patch names one entry of a list kept by name, decided on the attachment, and
  /// the node writes its status often.
  private void changeNode(ObjectKey key, Patch patch) {
    kube.changeStatus(Kinds.NODE, ObjectKey.cluster(key.namespace()), "", patch);
  }

  @Override
  public void warnOfSecondNode(ObjectKey key, AttachView view) {
    for (var pod : view.wanting())
      events.warningOnce(
          Kinds.POD,
          pod,
          "FailedAttachVolume",
          "Multi-Attach error for volume \"" + key.name() + "\" " + reason(pod, view));
  }

  /// Names pods of the same namespace only; of others just their number.
  private static String reason(Pod pod, AttachView view) {
    var users = view.usersElsewhere();
    if (users.isEmpty())
      return "Volume is already exclusively attached to one node and can't be attached to another";
    var near =
        users.stream()
            .filter(it -> it.meta().namespace().equals(pod.meta().namespace()))
            .map(it -> it.meta().name())
            .toList();
    int far = users.size() - near.size();
    var others = far + " pod(s) in different namespaces";
    if (near.isEmpty()) return "Volume is already used by " + others;
    var named = "Volume is already used by pod(s) " + String.join(", ", near);
    return far == 0 ? named : named + " and " + others;
  }

  @Override
  public void tellFailure(ObjectKey key, AttachView view, String error) {
    for (var pod : view.wanting())
      events.warningOnce(
          Kinds.POD,
          pod,
          "FailedAttachVolume",
          "AttachVolume.Attach failed for volume \"" + key.name() + "\" : " + error);
  }
}
