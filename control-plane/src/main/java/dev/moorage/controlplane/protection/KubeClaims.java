package dev.moorage.controlplane.protection;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Cache;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Selection;
import java.util.List;
import java.util.Optional;

/// [Guarded] claims over the API.
final class KubeClaims implements Guarded {
  static final String FINALIZER = "kubernetes.io/pvc-protection";

  private final Cache<PersistentVolumeClaim> claims;
  private final Cache<Pod> pods;
  private final Kube kube;

  KubeClaims(Cache<PersistentVolumeClaim> claims, Cache<Pod> pods, Kube kube) {
    this.claims = claims;
    this.pods = pods;
    this.kube = kube;
  }

  @Override
  public Optional<ProtectedView> find(ObjectKey key) {
    return claims
        .find(key)
        .map(claim ->
            new ProtectedView(claim.meta(), claim.meta().hasFinalizer(FINALIZER), userOf(claim)));
  }

  /// A claim is let go only after a live list: the cache may not yet have seen the pod.
  private String userOf(PersistentVolumeClaim claim) {
    if (!claim.meta().deleting() || !claim.meta().hasFinalizer(FINALIZER)) return "";
    var cached = user(claim.key(), pods.all());
    if (!cached.isEmpty()) return cached;
    return user(claim.key(), kube.list(Kinds.POD, Selection.in(claim.meta().namespace())).items());
  }

  /// The first pod on a node that names the claim. A pod that has ended still counts until its
  /// object is gone: its volumes may still be mounted.
  private static String user(ObjectKey claim, List<Pod> pods) {
    return pods.stream()
        .filter(pod -> pod.meta().namespace().equals(claim.namespace()))
        .filter(pod -> !pod.nodeName().isEmpty() && pod.claims().contains(claim.name()))
        .map(pod -> "pod " + pod.key())
        .findFirst()
        .orElse("");
  }

  @Override
  public void addFinalizer(Meta seen) {
    change(seen, Patch.NONE.addFinalizer(FINALIZER));
  }

  @Override
  public void removeFinalizer(Meta seen) {
    change(seen, Patch.NONE.removeFinalizer(FINALIZER));
  }

  private void change(Meta seen, Patch patch) {
    kube.change(Kinds.CLAIM, seen.key(), seen.version(), patch);
  }
}
