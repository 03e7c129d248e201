package dev.moorage.sim;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What holds of claims and volumes after each single write, read from the API's log.
final class PairsInLog {
  private static final String COMPLETED = "pv.kubernetes.io/bind-completed";
  private static final String BY_BINDER = "pv.kubernetes.io/bound-by-controller";

  private final Log log;
  private final Map<ObjectKey, PersistentVolumeClaim> claims = new TreeMap<>();
  private final Map<String, PersistentVolume> volumes = new TreeMap<>();
  private final List<String> broken = new ArrayList<>();

  PairsInLog(Log log) {
    this.log = log;
  }

  /// Replays the log.
  ///
  /// @return what did not hold, as lines
  List<String> broken() {
    var kept = log.replay();
    if (!kept.base().isEmpty()) broken.add("the log has forgotten its beginning");
    for (LogEntry entry : kept.changes())
      switch (entry.resource()) {
        case "persistentvolumeclaims" -> claim(entry);
        case "persistentvolumes" -> volume(entry);
        default -> {}
      }
    return broken;
  }

  private void claim(LogEntry entry) {
    var now = PersistentVolumeClaim.of(entry.object());
    if (now.phase().equals("Lost")) breaks(entry, "a claim is lost");
    var before = entry.deleted() ? claims.remove(now.key()) : claims.put(now.key(), now);
    if (before != null
        && before.meta().uid().equals(now.meta().uid())
        && !before.volumeName().isEmpty()
        && !before.volumeName().equals(now.volumeName()))
      breaks(entry, "a claim has changed its volume from " + before.volumeName());
    if (!entry.deleted() && completed(now)) paired(entry, now);
  }

  private void paired(LogEntry entry, PersistentVolumeClaim claim) {
    for (var other : claims.values())
      if (completed(other)
          && other.volumeName().equals(claim.volumeName())
          && !other.key().equals(claim.key()))
        breaks(entry, "volume " + claim.volumeName() + " is given to " + other.key() + " too");
    var volume = volumes.get(claim.volumeName());
    if (volume == null || !volume.claim().uid().equals(claim.meta().uid()))
      breaks(entry, "volume " + claim.volumeName() + " does not name the claim that has it");
  }

  private void volume(LogEntry entry) {
    var now = PersistentVolume.of(entry.object());
    volumes.put(now.meta().name(), now);
    for (var claim : claims.values())
      if (completed(claim)
          && claim.volumeName().equals(now.meta().name())
          && !now.claim().uid().equals(claim.meta().uid()))
        breaks(entry, "the volume of " + claim.key() + " names another one: " + now.claim());
    for (var other : volumes.values())
      if (!other.key().equals(now.key())
          && takenByBinder(other)
          && takenByBinder(now)
          && other.claim().uid().equals(now.claim().uid()))
        breaks(entry, "claim " + now.claim().name() + " has taken " + other.key() + " too");
  }

  private static boolean completed(PersistentVolumeClaim claim) {
    return claim.meta().annotations().containsKey(COMPLETED);
  }

  /// Two volumes may name one claim only where an administrator has kept one for it.
  private static boolean takenByBinder(PersistentVolume volume) {
    return !volume.claim().uid().isEmpty() && volume.meta().annotations().containsKey(BY_BINDER);
  }

  private void breaks(LogEntry entry, String rule) {
    broken.add(entry + ": " + rule);
  }
}
