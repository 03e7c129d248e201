package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Selection;
import dev.moorage.sidecars.provisioner.ClaimView.ClassFound;
import java.util.List;
import java.util.Optional;

/// [Claims] over the API.
final class KubeClaims implements Claims {
  private final Actor actor;
  private final ClaimCaches caches;
  private final KnownDriver driver;
  private final Provisioner.Settings settings;

  KubeClaims(Actor actor, ClaimCaches caches, KnownDriver driver, Provisioner.Settings settings) {
    this.actor = actor;
    this.caches = caches;
    this.driver = driver;
    this.settings = settings;
  }

  @Override
  public Optional<ClaimView> find(ObjectKey key) {
    return caches.claims().find(key).map(this::view);
  }

  @Override
  public void silent(ObjectKey key, String why) {
    caches
        .claims()
        .find(key)
        .filter(claim -> claim.volumeName().isEmpty())
        .filter(claim -> ClaimView.provisioner(claim).equals(driver.name()))
        .ifPresent(claim -> warn(claim, "ProvisioningFailed", why));
  }

  private ClaimView view(PersistentVolumeClaim claim) {
    var serving = new Serving(driver.facts(), settings);
    var storageClass =
        claim.className().isEmpty()
            ? Optional.<ClassFound>empty()
            : caches
                .classes()
                .find(ObjectKey.cluster(claim.className()))
                .<ClassFound>map(ClassFound.Existing::new);
    return new ClaimView(
        claim,
        ClaimView.noted(claim),
        storageClass.orElse(new ClassFound.Missing()),
        recorded(claim),
        serving,
        caches.places());
  }

  private boolean recorded(PersistentVolumeClaim claim) {
    var key = volumeKey(claim);
    return claim.volumeName().equals(key.name())
        || caches.volumes().find(key).filter(volume -> isOf(claim, volume)).isPresent();
  }

  @Override
  public boolean recordedNow(PersistentVolumeClaim claim) {
    return actor
        .kube()
        .get(Kinds.VOLUME, volumeKey(claim))
        .filter(volume -> isOf(claim, volume))
        .isPresent();
  }

  @Override
  public Optional<String> holder(PersistentVolumeClaim claim, VolumeId volume) {
    return holder(caches.byHandle().at(volume.text()), claim, volume);
  }

  @Override
  public Optional<String> holderNow(PersistentVolumeClaim claim, VolumeId volume) {
    return holder(actor.kube().list(Kinds.VOLUME, Selection.ALL).items(), claim, volume);
  }

  private Optional<String> holder(
      List<PersistentVolume> among, PersistentVolumeClaim claim, VolumeId id) {
    return among.stream()
        .filter(volume -> volume.csi().driver().equals(driver.name()))
        .filter(volume -> volume.csi().handle().equals(id.text()))
        .map(volume -> volume.meta().name())
        .filter(name -> !name.equals(volumeKey(claim).name()))
        .findFirst();
  }

  private static ObjectKey volumeKey(PersistentVolumeClaim claim) {
    return ObjectKey.cluster(Intent.volumeName(claim.meta()));
  }

  private static boolean isOf(PersistentVolumeClaim claim, PersistentVolume volume) {
    return volume.claim().uid().equals(claim.meta().uid());
  }

  @Override
  public Optional<Secrets> secrets(ObjectKey reference) {
    return actor.kube().get(Kinds.SECRET, reference).map(secret -> new Secrets(secret.data()));
  }

  @Override
  public void writeIntent(PersistentVolumeClaim claim, Intent intent) {
    change(claim, withIntent(intent));
  }

  static Patch withIntent(Intent intent) {
    return Patch.NONE
        .addFinalizer(Intent.FINALIZER)
        .annotate(Intent.ANNOTATION, IntentText.write(intent));
  }

  @Override
  public void dropIntent(PersistentVolumeClaim claim) {
    change(claim, withoutIntent());
  }

  static Patch withoutIntent() {
    return Patch.NONE.removeFinalizer(Intent.FINALIZER).unannotate(Intent.ANNOTATION);
  }

  @Override
  public void giveUpNode(PersistentVolumeClaim claim) {
    change(claim, withoutNode());
  }

  static Patch withoutNode() {
    return withoutIntent()
        .unannotate(ClaimView.SELECTED_NODE)
        .unannotate(ClaimView.SELECTED_NODE_ALPHA);
  }

  private void change(PersistentVolumeClaim claim, Patch patch) {
    actor.kube().change(Kinds.CLAIM, claim.key(), claim.meta().version(), patch);
  }

  @Override
  public boolean record(PersistentVolumeClaim claim, Intent intent, Volume volume) {
    try {
      actor.kube().create(Kinds.VOLUME, VolumeTree.of(claim, intent, volume, settings.nodeName()));
      return true;
    } catch (KubeException refused) {
      if (!refused.isAlreadyThere()) throw refused;
      // A crash, or a lost answer, after an earlier create.
      return actor
          .kube()
          .get(Kinds.VOLUME, volumeKey(claim))
          .filter(there -> isOf(claim, there))
          .filter(there -> there.csi().driver().equals(intent.origin().driver()))
          .filter(there -> there.csi().handle().equals(volume.id().text()))
          .isPresent();
    }
  }

  @Override
  public void tell(PersistentVolumeClaim claim, String reason, String message) {
    actor.events().normal(Kinds.CLAIM, claim, reason, message);
  }

  @Override
  public void warn(PersistentVolumeClaim claim, String reason, String message) {
    actor.events().warning(Kinds.CLAIM, claim, reason, message);
  }
}
