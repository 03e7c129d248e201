package dev.moorage.drivers.loop;

import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord;
import java.util.TreeSet;

/// Which volumes' devices take discards; all others refuse them.
final class Discards {
  private final TreeSet<String> taken = new TreeSet<>(); // guarded by this

  synchronized void follow(VolumeRecord volume) {
    if (Traits.discards(volume)) taken.add(volume.id().text());
    else taken.remove(volume.id().text());
  }

  synchronized void forget(VolumeId volume) {
    taken.remove(volume.text());
  }

  synchronized boolean takenBy(VolumeId volume) {
    return taken.contains(volume.text());
  }
}
