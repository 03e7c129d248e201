package dev.moorage.sim;

import dev.moorage.base.Journal;
import dev.moorage.kubeserver.store.Log;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// What the actors decided, for golden traces: `step actor decision key`, without times, generated
/// names told by what they are for.
public final class Trace implements Journal {
  private final List<Entry> entries = new ArrayList<>();

  @Override
  public synchronized void note(Entry entry) {
    entries.add(entry);
  }

  /// All lines of the journal so far.
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /// The decisions that acted or wait for somebody (told once), numbered, with generated names
  /// replaced: `pv(claim)`, `va(claim,node)`, `uid(pod)`.
  ///
  /// @param log where the names' meaning is read: every object that ever was
  public synchronized List<String> decisions(Log log) {
    var names = new Names(log);
    var lines = new ArrayList<String>();
    var last = new HashMap<String, String>(); // actor and key -> decision
    for (Entry entry : entries) {
      if (entry.what() != Entry.What.DECIDED || entry.action().equals("Nothing")) continue;
      var before = last.put(entry.actor() + " " + entry.on(), entry.action());
      if (entry.action().startsWith("Wait") && entry.action().equals(before)) continue;
      lines.add(
          "%3d %-13s %-24s %s"
              .formatted(lines.size() + 1, entry.actor(), entry.action(), names.told(entry.on()))
              .stripTrailing());
    }
    return lines;
  }
}
