package dev.moorage.sidecars.resizer;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Secrets;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.resizer.ResizeView.Condition;
import dev.moorage.sidecars.resizer.ResizeView.Progress;
import dev.moorage.sidecars.resizer.ResizeView.VolumeFound;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/// [Claims] over the API.
final class KubeClaims implements Claims {
  private static final String NOT_REQUIRED = "volume.kubernetes.io/node-expansion-not-required";

  private final Actor actor;
  private final ResizeCaches caches;
  private final Expansion expansion;
  private final String nodeName;
  private final Supplier<Instant> now;

  KubeClaims(
      Actor actor,
      ResizeCaches caches,
      Expansion expansion,
      String nodeName,
      Supplier<Instant> now) {
    this.actor = actor;
    this.caches = caches;
    this.expansion = expansion;
    this.nodeName = nodeName;
    this.now = now;
  }

  @Override
  public Optional<ResizeView> find(ObjectKey key) {
    return caches.claims().find(key).map(claim -> view(claim, volume(claim)));
  }

  @Override
  public void silent(ObjectKey key, String why) {
    caches.claims().find(key).ifPresent(claim -> warn(claim, "VolumeResizeFailed", why));
  }

  /// The driver is asked for its means only where they matter.
  private ResizeView view(PersistentVolumeClaim claim, VolumeFound volume) {
    boolean matters =
        volume instanceof VolumeFound.Ours && claim.capacity().isBelow(claim.requested());
    return new ResizeView(claim, volume, matters ? expansion.means() : ResizeView.Means.NONE);
  }

  private VolumeFound volume(PersistentVolumeClaim claim) {
    if (claim.volumeName().isEmpty()) return new VolumeFound.NotOurs("it has no volume yet");
    var found = caches.volumes().find(ObjectKey.cluster(claim.volumeName()));
    if (found.isEmpty()) return new VolumeFound.NotOurs("its PersistentVolume does not exist");
    var volume = found.get();
    if (!volume.csi().driver().equals(expansion.driverName()))
      return new VolumeFound.NotOurs("another driver's volume");
    if (!volume.claim().names(claim.meta()))
      return new VolumeFound.NotOurs("its PersistentVolume is bound to another claim");
    return caches.covers(volume, nodeName)
        ? new VolumeFound.Ours(volume)
        : new VolumeFound.NotOurs("the resizer of its node has it");
  }

  @Override
  public Optional<Secrets> secrets(PersistentVolume volume) {
    var reference = volume.csi().secret(Expansion.SECRET_FIELD);
    if (reference.isEmpty()) return Optional.of(Secrets.NONE);
    return actor
        .kube()
        .get(Kinds.SECRET, reference.get())
        .map(secret -> new Secrets(secret.data()));
  }

  @Override
  public void markStarted(PersistentVolumeClaim claim, Bytes target) {
    changeStatus(claim, started(target, now.get()));
  }

  static Patch started(Bytes target, Instant at) {
    return without(
            Patch.NONE, Condition.NODE_PENDING, Condition.CONTROLLER_ERROR, Condition.NODE_ERROR)
        .setItem("type", condition(Condition.RESIZING, "", "", at), "status", "conditions")
        .set(Quantities.text(target), "status", "allocatedResources", "storage")
        .set(
            Progress.CONTROLLER_IN_PROGRESS.text(),
            "status",
            "allocatedResourceStatuses",
            "storage")
        .unannotate(NOT_REQUIRED);
  }

  /// Capacity and note go in one change: the node agent looks at the capacity.
  @Override
  public void grown(
      PersistentVolume volume, Bytes size, boolean nodeMustFollow, PersistentVolumeClaim claim) {
    var patch = grown(volume, size, nodeMustFollow, claim.capacity());
    if (patch.equals(Patch.NONE)) return;
    actor.kube().change(Kinds.VOLUME, volume.key(), volume.meta().version(), patch);
  }

  static Patch grown(PersistentVolume volume, Bytes size, boolean nodeMustFollow, Bytes before) {
    var noted = !volume.meta().annotation(ResizeView.PRE_RESIZE).isEmpty();
    var patch = Patch.NONE;
    if (!volume.capacity().equals(size))
      patch = patch.set(Quantities.text(size), "spec", "capacity", "storage");
    return nodeMustFollow && !noted
        ? patch.annotate(ResizeView.PRE_RESIZE, Quantities.text(before))
        : patch;
  }

  @Override
  public void handToNode(PersistentVolumeClaim claim) {
    changeStatus(claim, handedToNode(now.get()));
  }

  static Patch handedToNode(Instant at) {
    var condition =
        condition(
            Condition.NODE_PENDING,
            "",
            "the file system grows on the node; start a pod that uses the claim if none runs",
            at);
    return Patch.NONE
        .setItem("type", condition, "status", "conditions")
        .set(Progress.NODE_PENDING.text(), "status", "allocatedResourceStatuses", "storage")
        .unannotate(NOT_REQUIRED);
  }

  @Override
  public void finish(PersistentVolumeClaim claim, Bytes size) {
    changeStatus(claim, finished(size));
  }

  static Patch finished(Bytes size) {
    return without(
            Patch.NONE,
            Condition.RESIZING,
            Condition.NODE_PENDING,
            Condition.CONTROLLER_ERROR,
            Condition.NODE_ERROR)
        .set(Quantities.text(size), "status", "capacity", "storage")
        .remove("status", "allocatedResourceStatuses", "storage")
        .annotate(NOT_REQUIRED, "true");
  }

  @Override
  public void failed(PersistentVolumeClaim claim, CsiException failure, boolean hopeless) {
    changeStatus(claim, failure(failure, hopeless, now.get()));
  }

  static Patch failure(CsiException failure, boolean hopeless, Instant at) {
    var condition =
        condition(
            Condition.CONTROLLER_ERROR,
            failure.code().name(),
            String.valueOf(failure.getMessage()),
            at);
    var patch = Patch.NONE.setItem("type", condition, "status", "conditions");
    return hopeless
        ? patch.set(
            Progress.CONTROLLER_INFEASIBLE.text(), "status", "allocatedResourceStatuses", "storage")
        : patch;
  }

  private static Patch without(Patch patch, String... conditions) {
    var shorter = patch;
    for (String type : conditions)
      shorter = shorter.removeItem("type", type, "status", "conditions");
    return shorter;
  }

  private static Tree condition(String type, String reason, String message, Instant at) {
    var time = at.truncatedTo(ChronoUnit.SECONDS).toString();
    var condition =
        Tree.object(
            "type", type, "status", "True", "lastProbeTime", time, "lastTransitionTime", time);
    if (!reason.isEmpty()) condition = condition.with(Tree.of(reason), "reason");
    return message.isEmpty() ? condition : condition.with(Tree.of(message), "message");
  }

  @Override
  public void forgetFormerSize(PersistentVolume volume) {
    actor
        .kube()
        .change(
            Kinds.VOLUME,
            volume.key(),
            volume.meta().version(),
            Patch.NONE.unannotate(ResizeView.PRE_RESIZE));
  }

  private void changeStatus(PersistentVolumeClaim claim, Patch patch) {
    actor.kube().changeStatus(Kinds.CLAIM, claim.key(), claim.meta().version(), patch);
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
