package dev.moorage.controlplane.protection;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Cache;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolume;
import java.util.Optional;

/// [Guarded] volumes over the API: a bound volume is used by its claim.
final class KubeVolumes implements Guarded {
  static final String FINALIZER = "kubernetes.io/pv-protection";

  private final Cache<PersistentVolume> volumes;
  private final Kube kube;

  KubeVolumes(Cache<PersistentVolume> volumes, Kube kube) {
    this.volumes = volumes;
    this.kube = kube;
  }

  @Override
  public Optional<ProtectedView> find(ObjectKey key) {
    return volumes
        .find(key)
        .map(volume ->
            new ProtectedView(
                volume.meta(), volume.meta().hasFinalizer(FINALIZER), userOf(volume)));
  }

  private static String userOf(PersistentVolume volume) {
    if (!volume.phase().equals("Bound")) return "";
    return volume.claim().set() ? "claim " + volume.claim().key() : "its claim";
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
    kube.change(Kinds.VOLUME, seen.key(), seen.version(), patch);
  }
}
