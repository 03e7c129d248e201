package dev.moorage.sidecars.attacher;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Tree;
import dev.moorage.kube.VolumeAttachment;
import dev.moorage.sidecars.attacher.AttachmentView.NodeFound;
import dev.moorage.sidecars.attacher.AttachmentView.Serving;
import dev.moorage.sidecars.attacher.AttachmentView.VolumeFound;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// [Attachments] over the API.
final class KubeAttachments implements Attachments {
  /// The field of a volume's CSI source that names the secret.
  static final String SECRET_FIELD = "controllerPublishSecretRef";

  private final Actor actor;
  private final AttachmentCaches caches;
  private final KnownDriver driver;
  private final Attacher.Settings settings;
  private final Supplier<Instant> now;

  KubeAttachments(
      Actor actor,
      AttachmentCaches caches,
      KnownDriver driver,
      Attacher.Settings settings,
      Supplier<Instant> now) {
    this.actor = actor;
    this.caches = caches;
    this.driver = driver;
    this.settings = settings;
    this.now = now;
  }

  @Override
  public Optional<AttachmentView> find(ObjectKey key) {
    return caches.attachments().find(key).map(this::view);
  }

  @Override
  public void silent(ObjectKey key, Failure failure) {
    var ours = caches.attachments().find(key).filter(it -> it.attacher().equals(driver.name()));
    if (ours.isEmpty()) return;
    if (ours.get().meta().deleting()) detachFailed(ours.get(), failure);
    else if (!ours.get().attached()) attachFailed(ours.get(), failure);
  }

  private AttachmentView view(VolumeAttachment attachment) {
    var serving = new Serving(driver.facts(), settings);
    return new AttachmentView(
        attachment, volume(attachment), node(attachment, serving.driver().name()), serving);
  }

  private VolumeFound volume(VolumeAttachment attachment) {
    var name = attachment.volumeName();
    if (name.isEmpty()) return new VolumeFound.Missing("it names no PersistentVolume");
    return caches
        .volumes()
        .find(ObjectKey.cluster(name))
        .<VolumeFound>map(VolumeFound.Existing::new)
        .orElse(new VolumeFound.Missing("PersistentVolume " + name + " does not exist"));
  }

  private NodeFound node(VolumeAttachment attachment, String driverName) {
    if (attachment.nodeName().isEmpty()) return new NodeFound.Unknown();
    return caches
        .csiNodes()
        .find(ObjectKey.cluster(attachment.nodeName()))
        .flatMap(csiNode -> csiNode.driver(driverName))
        .<NodeFound>map(registered -> new NodeFound.Registered(new NodeId(registered.nodeId())))
        .orElse(new NodeFound.Unknown());
  }

  @Override
  public Optional<Secrets> secrets(PersistentVolume volume) {
    var reference = volume.csi().secret(SECRET_FIELD);
    if (reference.isEmpty()) return Optional.of(Secrets.NONE);
    return actor
        .kube()
        .get(Kinds.SECRET, reference.get())
        .map(secret -> new Secrets(secret.data()));
  }

  @Override
  public void hold(PersistentVolume volume) {
    actor
        .kube()
        .change(
            Kinds.VOLUME,
            volume.key(),
            volume.meta().version(),
            Patch.NONE.addFinalizer(finalizer()));
  }

  @Override
  public void hold(VolumeAttachment attachment, NodeId node) {
    change(attachment, Patch.NONE.addFinalizer(finalizer()).annotate(Names.NODE_ID, node.text()));
  }

  @Override
  public void attached(VolumeAttachment attachment, Map<String, String> publishContext) {
    changeStatus(attachment, attachedStatus(publishContext));
  }

  static Patch attachedStatus(Map<String, String> publishContext) {
    var patch = Patch.NONE.set(Tree.of(true), "status", "attached").remove("status", "attachError");
    return publishContext.isEmpty()
        ? patch.remove("status", "attachmentMetadata")
        : patch.set(Tree.texts(new TreeMap<>(publishContext)), "status", "attachmentMetadata");
  }

  /// An equal message is not written again: only the time would change, for everybody who watches.
  @Override
  public void attachFailed(VolumeAttachment attachment, Failure failure) {
    if (attachment.attachError().equals(failure.message())) return;
    changeStatus(attachment, attachError(failure, now.get()));
  }

  static Patch attachError(Failure failure, Instant at) {
    var error = error(failure, at);
    if (failure.number() > 0) error = error.with(Tree.of(failure.number()), "errorCode");
    // A status without `attached` is not valid.
    return Patch.NONE.set(Tree.of(false), "status", "attached").set(error, "status", "attachError");
  }

  @Override
  public void detachFailed(VolumeAttachment attachment, Failure failure) {
    if (attachment.detachError().equals(failure.message())) return;
    changeStatus(attachment, detachError(failure, attachment.attached(), now.get()));
  }

  static Patch detachError(Failure failure, boolean attached, Instant at) {
    return Patch.NONE
        .set(Tree.of(attached), "status", "attached")
        .set(error(failure, at), "status", "detachError");
  }

  private static Tree error(Failure failure, Instant at) {
    return Tree.object(
        "message", failure.message(), "time", at.truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /// Where another finalizer keeps the object, it must not go on saying attached. A crash in
  /// between repeats the detach, which counts as done.
  @Override
  public void letGo(VolumeAttachment attachment) {
    boolean goes = attachment.meta().finalizers().size() <= 1;
    var version =
        goes
            ? attachment.meta().version()
            : changeStatus(attachment, detachedStatus()).meta().version();
    try {
      actor
          .kube()
          .change(
              Kinds.ATTACHMENT, attachment.key(), version, Patch.NONE.removeFinalizer(finalizer()));
    } catch (KubeException refused) {
      if (!refused.isNotFound()) throw refused;
    }
  }

  static Patch detachedStatus() {
    return Patch.NONE
        .set(Tree.of(false), "status", "attached")
        .remove("status", "attachmentMetadata")
        .remove("status", "detachError");
  }

  private void change(VolumeAttachment attachment, Patch patch) {
    actor.kube().change(Kinds.ATTACHMENT, attachment.key(), attachment.meta().version(), patch);
  }

  private VolumeAttachment changeStatus(VolumeAttachment attachment, Patch patch) {
    return actor
        .kube()
        .changeStatus(Kinds.ATTACHMENT, attachment.key(), attachment.meta().version(), patch);
  }

  private String finalizer() {
    return Names.finalizer(driver.name());
  }
}
