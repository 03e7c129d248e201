package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kinds;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.Tree;
import java.util.Comparator;

/// Admission: a claim that names no class at all gets the default one, the newest where there are
/// several.
final class DefaultClass {
  private DefaultClass() {}

  private static final Comparator<StorageClass> NEWEST_FIRST =
      Comparator.comparing((StorageClass found) -> found.meta().creationTimestamp())
          .reversed()
          .thenComparing(found -> found.meta().name());

  static Tree on(Tree claim, State state) {
    if (PersistentVolumeClaim.of(claim).classSet()) return claim;
    return state.all(Kinds.STORAGE_CLASS).values().stream()
        .map(StorageClass::of)
        .filter(StorageClass::isDefault)
        .min(NEWEST_FIRST)
        .map(found -> claim.with(Tree.of(found.meta().name()), "spec", "storageClassName"))
        .orElse(claim);
  }
}
