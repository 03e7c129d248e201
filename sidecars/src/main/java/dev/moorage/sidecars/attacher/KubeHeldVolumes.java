package dev.moorage.sidecars.attacher;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Selection;
import dev.moorage.kube.VolumeAttachment;
import java.util.List;
import java.util.Optional;

/// [HeldVolumes] over the API, and what wakes them: volumes that carry our finalizer, and
/// attachments that come and go.
final class KubeHeldVolumes implements HeldVolumes {
  private final Actor actor;
  private final Cache<PersistentVolume> volumes;
  private final Cache<VolumeAttachment> attachments;
  private final String finalizer;

  KubeHeldVolumes(Actor actor, String driver) {
    this.actor = actor;
    this.volumes = actor.watch(Kinds.VOLUME, Selection.ALL);
    this.attachments = actor.watch(Kinds.ATTACHMENT, Selection.ALL);
    this.finalizer = Names.finalizer(driver);
    actor.wake(
        volumes,
        volume ->
            volume.meta().deleting() && volume.meta().hasFinalizer(finalizer)
                ? List.of(volume.key())
                : List.of());
    actor.wake(
        attachments,
        attachment ->
            attachment.attacher().equals(driver) && !attachment.volumeName().isEmpty()
                ? List.of(ObjectKey.cluster(attachment.volumeName()))
                : List.of());
  }

  @Override
  public Optional<PersistentVolume> find(ObjectKey key) {
    return volumes.find(key);
  }

  @Override
  public HeldVolumeStep.View view(PersistentVolume volume) {
    return new HeldVolumeStep.View(
        volume.meta().deleting(),
        volume.meta().hasFinalizer(finalizer),
        nodes(volume, attachments.all()));
  }

  @Override
  public boolean attachedNow(PersistentVolume volume) {
    return !nodes(volume, actor.kube().list(Kinds.ATTACHMENT, Selection.ALL).items()).isEmpty();
  }

  private static List<String> nodes(PersistentVolume volume, List<VolumeAttachment> all) {
    return all.stream()
        .filter(attachment -> attachment.volumeName().equals(volume.meta().name()))
        .map(VolumeAttachment::nodeName)
        .toList();
  }

  @Override
  public void letGo(PersistentVolume volume) {
    actor
        .kube()
        .change(
            Kinds.VOLUME,
            volume.key(),
            volume.meta().version(),
            Patch.NONE.removeFinalizer(finalizer));
  }
}
