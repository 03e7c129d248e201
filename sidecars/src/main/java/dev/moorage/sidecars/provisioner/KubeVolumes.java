package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.Selection;
import java.util.Optional;

/// [Volumes] over the API.
final class KubeVolumes implements Volumes {
  private final Actor actor;
  private final VolumeCaches caches;
  private final String driver;
  private final String nodeName;

  KubeVolumes(Actor actor, VolumeCaches caches, String driver, String nodeName) {
    this.actor = actor;
    this.caches = caches;
    this.driver = driver;
    this.nodeName = nodeName;
  }

  @Override
  public Optional<VolumeView> find(ObjectKey key) {
    return caches
        .volumes()
        .find(key)
        .map(volume ->
            new VolumeView(
                volume, caches.attachedTo(volume), caches.reach(volume, nodeName), driver));
  }

  @Override
  public Secrets deletionSecrets(PersistentVolume volume) {
    var name = volume.meta().annotation(VolumeTree.DELETION_SECRET_NAME);
    var namespace = volume.meta().annotation(VolumeTree.DELETION_SECRET_NAMESPACE);
    if (name.isEmpty() || namespace.isEmpty()) return Secrets.NONE;
    // A secret that is gone must not keep the volume for ever: the driver has the last word.
    return actor
        .kube()
        .get(Kinds.SECRET, new ObjectKey(namespace, name))
        .map(secret -> new Secrets(secret.data()))
        .orElse(Secrets.NONE);
  }

  @Override
  public boolean attachedNow(PersistentVolume volume) {
    return actor.kube().list(Kinds.ATTACHMENT, Selection.ALL).items().stream()
        .anyMatch(attachment -> attachment.volumeName().equals(volume.meta().name()));
  }

  @Override
  public void hold(PersistentVolume volume) {
    change(volume, Patch.NONE.addFinalizer(VolumeTree.FINALIZER));
  }

  @Override
  public void letGo(PersistentVolume volume) {
    change(volume, Patch.NONE.removeFinalizer(VolumeTree.FINALIZER));
  }

  private void change(PersistentVolume volume, Patch patch) {
    actor.kube().change(Kinds.VOLUME, volume.key(), volume.meta().version(), patch);
  }

  @Override
  public void remove(PersistentVolume volume) {
    try {
      if (!volume.meta().deleting())
        actor.kube().delete(Kinds.VOLUME, volume.key(), Deletion.ofUid(volume.meta().uid()));
      var now = actor.kube().get(Kinds.VOLUME, volume.key());
      boolean same = now.filter(it -> it.meta().uid().equals(volume.meta().uid())).isPresent();
      if (same) letGo(now.orElseThrow());
    } catch (KubeException refused) {
      // Gone is what we want, whoever did it.
      if (!refused.isNotFound()) throw refused;
    }
  }

  @Override
  public void warn(PersistentVolume volume, String reason, String message) {
    actor.events().warning(Kinds.VOLUME, volume, reason, message);
  }
}
