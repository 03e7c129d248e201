package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.host.HostException;
import java.time.Duration;
import java.util.function.Consumer;

/// Finds volumes that this host still holds, whoever has left them: once at the start for all
/// (reconstruction), and then for those that no object of this node names any more. Source: the
/// kubelet's reconstruction and its orphan clean-up.
final class HostSweep {
  private final OnHost host;
  private final VolumeTriggers triggers;
  private final Consumer<ObjectKey> wake;
  private final Journal journal;

  HostSweep(OnHost host, VolumeTriggers triggers, Consumer<ObjectKey> wake, Journal journal) {
    this.host = host;
    this.triggers = triggers;
    this.wake = wake;
    this.journal = journal;
  }

  /// Runs until the group closes.
  boolean run(Group group, Duration every) {
    boolean first = true;
    while (true) {
      look(first);
      first = false;
      group.sleep(every);
    }
  }

  private void look(boolean all) {
    try {
      var named = triggers.all();
      for (String name : host.volumeNames()) {
        var key = ObjectKey.cluster(name);
        if (all || !named.contains(key)) wake.accept(key);
      }
    } catch (HostException refused) {
      journal.note(
          new Journal.Entry(
              Journal.Entry.What.FAILED,
              Volumes.ACTOR,
              "sweep",
              host.places().root(),
              String.valueOf(refused.getMessage())));
    }
  }
}
