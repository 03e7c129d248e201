package dev.moorage.controlplane.binder;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Events;
import dev.moorage.controller.Index;
import dev.moorage.controlplane.binder.ClaimView.ClassFact;
import dev.moorage.controlplane.binder.ClaimView.VolumeFact;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// [Claims] over the API: reads from the caches, and live where "not there" would decide.
final class KubeClaims implements Claims {
  private final Cache<PersistentVolumeClaim> claims;
  private final Cache<PersistentVolume> volumes;
  private final Cache<StorageClass> classes;
  private final Kube kube;
  private final Events events;
  private final Index<ObjectKey, PersistentVolume> byClaim;
  private final Index<Boolean, PersistentVolume> unclaimed;

  KubeClaims(
      Cache<PersistentVolumeClaim> claims,
      Cache<PersistentVolume> volumes,
      Cache<StorageClass> classes,
      Kube kube,
      Events events) {
    this.claims = claims;
    this.volumes = volumes;
    this.classes = classes;
    this.kube = kube;
    this.events = events;
    this.byClaim = volumes.index(VolumeTriggers::claim);
    this.unclaimed =
        volumes.index(volume -> volume.claim().set() ? List.of() : List.of(Boolean.TRUE));
  }

  @Override
  public Optional<ClaimView> find(ObjectKey key) {
    return claims.find(key).map(this::view);
  }

  private ClaimView view(PersistentVolumeClaim claim) {
    return new ClaimView(
        claim, classOf(claim), defaultClass(), named(claim), selector(claim), candidates(claim));
  }

  private List<PersistentVolume> candidates(PersistentVolumeClaim claim) {
    var candidates = new ArrayList<>(byClaim.at(claim.key()));
    candidates.addAll(unclaimed.at(Boolean.TRUE));
    return candidates;
  }

  private ClassFact classOf(PersistentVolumeClaim claim) {
    if (claim.className().isEmpty()) return new ClassFact.None();
    var key = ObjectKey.cluster(claim.className());
    return classes
        .find(key)
        .or(() -> kube.get(Kinds.STORAGE_CLASS, key))
        .<ClassFact>map(ClassFact.Known::new)
        .orElseGet(() -> new ClassFact.Unknown(claim.className()));
  }

  /// The newest of the default classes, equal ones by name.
  private String defaultClass() {
    return classes.all().stream()
        .filter(StorageClass::isDefault)
        .min(
            Comparator.comparing((StorageClass it) -> it.meta().creationTimestamp())
                .reversed()
                .thenComparing(it -> it.meta().name()))
        .map(it -> it.meta().name())
        .orElse("");
  }

  private VolumeFact named(PersistentVolumeClaim claim) {
    if (claim.volumeName().isEmpty()) return new VolumeFact.None();
    var key = ObjectKey.cluster(claim.volumeName());
    return volumes
        .find(key)
        .or(() -> kube.get(Kinds.VOLUME, key))
        .<VolumeFact>map(VolumeFact.There::new)
        .orElseGet(() -> new VolumeFact.Missing(claim.volumeName()));
  }

  private Selector selector(PersistentVolumeClaim claim) {
    if (!claim.hasSelector()) return Selector.ANY;
    return kube.get(Kinds.CLAIM.raw(), claim.key())
        .map(raw -> Selector.of(raw.tree().at("spec", "selector")))
        .orElse(Selector.ANY);
  }

  @Override
  public void useClass(PersistentVolumeClaim claim, String className) {
    change(claim, Patch.NONE.set(className, "spec", "storageClassName"));
  }

  @Override
  public void markPending(PersistentVolumeClaim claim) {
    changeStatus(claim, withoutGrant("Pending"));
  }

  @Override
  public void markLost(PersistentVolumeClaim claim) {
    changeStatus(claim, withoutGrant("Lost"));
  }

  private static Patch withoutGrant(String phase) {
    return Patch.NONE
        .set(phase, "status", "phase")
        .remove("status", "accessModes")
        .remove("status", "capacity");
  }

  @Override
  public void askProvisioner(PersistentVolumeClaim claim, String provisioner) {
    change(
        claim,
        Patch.NONE
            .annotate(Keys.PROVISIONER_BETA, provisioner)
            .annotate(Keys.PROVISIONER, provisioner));
  }

  @Override
  public void nameClaimOn(
      PersistentVolume volume, PersistentVolumeClaim claim, boolean byController) {
    var meta = claim.meta();
    var reference =
        Tree.object(
            "kind",
            Kinds.CLAIM.name(),
            "apiVersion",
            Kinds.CLAIM.apiVersion(),
            "namespace",
            meta.namespace(),
            "name",
            meta.name(),
            "uid",
            meta.uid(),
            "resourceVersion",
            meta.version());
    var patch = Patch.NONE.set(reference, "spec", "claimRef");
    if (byController) patch = patch.annotate(Keys.BOUND_BY_CONTROLLER, Keys.YES);
    kube.change(Kinds.VOLUME, volume.key(), volume.meta().version(), patch);
  }

  @Override
  public void markBound(PersistentVolume volume) {
    kube.changeStatus(
        Kinds.VOLUME,
        volume.key(),
        volume.meta().version(),
        Patch.NONE.set("Bound", "status", "phase"));
  }

  @Override
  public void nameVolumeOn(
      PersistentVolumeClaim claim, PersistentVolume volume, boolean byController) {
    var patch =
        Patch.NONE
            .set(volume.meta().name(), "spec", "volumeName")
            .annotate(Keys.BIND_COMPLETED, Keys.YES);
    change(claim, byController ? patch.annotate(Keys.BOUND_BY_CONTROLLER, Keys.YES) : patch);
  }

  /// A volume whose node has still to grow the filesystem grants its size from before.
  @Override
  public void markBound(PersistentVolumeClaim claim, PersistentVolume volume) {
    var before = volume.meta().annotation(Keys.PRE_RESIZE);
    var granted = before.isEmpty() ? Quantities.text(volume.capacity()) : before;
    changeStatus(
        claim,
        Patch.NONE
            .set("Bound", "status", "phase")
            .set(Tree.texts(volume.accessModes()), "status", "accessModes")
            .set(granted, "status", "capacity", "storage"));
  }

  @Override
  public void remark(PersistentVolumeClaim claim, boolean warning, String reason, String message) {
    if (warning) events.warningOnce(Kinds.CLAIM, claim, reason, message);
    else events.normalOnce(Kinds.CLAIM, claim, reason, message);
  }

  private void change(PersistentVolumeClaim claim, Patch patch) {
    kube.change(Kinds.CLAIM, claim.key(), claim.meta().version(), patch);
  }

  private void changeStatus(PersistentVolumeClaim claim, Patch patch) {
    kube.changeStatus(Kinds.CLAIM, claim.key(), claim.meta().version(), patch);
  }
}
