package dev.moorage.sim;

import dev.moorage.base.Group;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What claims and volumes there are when the binder has nothing more to do.
final class PairsAtTheEnd {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /// Below the binder's resync, which would hide a wake-up that never came.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final List<Raw> claims;
  private final Map<String, PersistentVolume> volumes = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  private PairsAtTheEnd(Kube kube) {
    this.claims = kube.list(Kinds.CLAIM.raw(), Selection.ALL).items();
    for (var volume : kube.list(Kinds.VOLUME, Selection.ALL).items())
      volumes.put(volume.meta().name(), volume);
    for (Raw raw : claims) check(PersistentVolumeClaim.of(raw.tree()), raw);
    volumes.values().forEach(this::check);
  }

  /// Waits until all is as it should be, a while at most.
  static PairsAtTheEnd await(Kube kube, Group group) {
    long end = group.tasks().nanos() + PATIENCE.toNanos();
    var now = new PairsAtTheEnd(kube);
    while (!now.broken.isEmpty() && group.tasks().nanos() < end) {
      group.sleep(LOOK);
      now = new PairsAtTheEnd(kube);
    }
    return now;
  }

  List<String> broken() {
    return broken;
  }

  long bound() {
    return claims.stream().filter(claim -> PersistentVolumeClaim.of(claim.tree()).bound()).count();
  }

  long pending() {
    return claims.size() - bound();
  }

  private void check(PersistentVolumeClaim claim, Raw raw) {
    if (claim.bound()) {
      if (!has(claim, claim.volumeName()))
        broken.add(claim.key() + " is bound to " + claim.volumeName() + ", which says otherwise");
      return;
    }
    if (!claim.phase().equals("Pending")) broken.add(claim.key() + " is " + claim.phase());
    for (var volume : volumes.values())
      if (couldHave(claim, raw, volume))
        broken.add(claim.key() + " waits, and could have " + volume.meta().name());
  }

  private boolean has(PersistentVolumeClaim claim, String name) {
    var volume = volumes.get(name);
    return volume != null
        && volume.claim().uid().equals(claim.meta().uid())
        && volume.phase().equals("Bound");
  }

  private static boolean couldHave(PersistentVolumeClaim claim, Raw raw, PersistentVolume volume) {
    boolean kept = volume.claim().set();
    if (kept && !volume.claim().names(claim.meta())) return false;
    if (!kept && !volume.phase().equals("Available")) return false;
    if (volume.capacity().isBelow(claim.requested())) return false;
    var sameClass = volume.className().equals(claim.className());
    if (!claim.volumeName().isEmpty())
      return claim.volumeName().equals(volume.meta().name()) && (kept || sameClass);
    var wanted = raw.tree().textMap("spec", "selector", "matchLabels").entrySet();
    return kept || (sameClass && volume.meta().labels().entrySet().containsAll(wanted));
  }

  private void check(PersistentVolume volume) {
    if (volume.claim().uid().isEmpty()) {
      if (!volume.phase().equals("Available"))
        broken.add(volume.key() + " is free, and " + volume.phase());
      return;
    }
    var owner = owner(volume);
    if (owner.isEmpty()) {
      if (!volume.phase().equals("Released"))
        broken.add(volume.key() + " has outlived its claim, and is " + volume.phase());
    } else if (!owner.getFirst().volumeName().equals(volume.meta().name()))
      broken.add(volume.key() + " is kept from others by " + volume.claim());
  }

  private List<PersistentVolumeClaim> owner(PersistentVolume volume) {
    return claims.stream()
        .map(raw -> PersistentVolumeClaim.of(raw.tree()))
        .filter(claim -> claim.key().equals(volume.claim().key()))
        .filter(claim -> claim.meta().uid().equals(volume.claim().uid()))
        .toList();
  }
}
