package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/// Which watched objects wake which claims.
final class ClaimTriggers {
  private final ClaimCaches caches;
  private final String driver;

  private ClaimTriggers(ClaimCaches caches, String driver) {
    this.caches = caches;
    this.driver = driver;
  }

  static void set(Actor actor, ClaimCaches caches, String driver) {
    var triggers = new ClaimTriggers(caches, driver);
    actor.wake(caches.claims(), claim -> triggers.ours(claim) ? List.of(claim.key()) : List.of());
    actor.wake(caches.volumes(), triggers::claimOf);
    actor.wake(
        caches.classes(),
        found -> triggers.waiting(claim -> claim.className().equals(found.meta().name())));
    actor.wake(caches.nodes(), node -> triggers.waitingFor(node.meta().name()));
    actor.wake(caches.csiNodes(), node -> triggers.waitingFor(node.meta().name()));
  }

  private boolean ours(PersistentVolumeClaim claim) {
    return ClaimView.provisioner(claim).equals(driver)
        || claim.meta().hasFinalizer(Intent.FINALIZER);
  }

  private Collection<ObjectKey> claimOf(PersistentVolume volume) {
    boolean made = volume.csi().driver().equals(driver) && volume.claim().set();
    return made ? List.of(volume.claim().key()) : List.of();
  }

  private Collection<ObjectKey> waitingFor(String node) {
    return waiting(claim -> ClaimView.selectedNode(claim).equals(node));
  }

  private Collection<ObjectKey> waiting(Predicate<PersistentVolumeClaim> which) {
    return caches.claims().all().stream()
        .filter(claim -> claim.volumeName().isEmpty() && ours(claim))
        .filter(which)
        .map(PersistentVolumeClaim::key)
        .toList();
  }
}
