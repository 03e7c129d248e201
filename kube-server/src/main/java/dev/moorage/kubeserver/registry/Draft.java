package dev.moorage.kubeserver.registry;

import dev.moorage.kubeserver.store.LogEntry;
import java.util.List;

/// A decided write.
///
/// @param entries what to append; none where nothing changes
/// @param answer what to say once that is durable
record Draft(List<LogEntry> entries, Answer answer) {
  Draft {
    entries = List.copyOf(entries);
  }

  static Draft nothing(Answer answer) {
    return new Draft(List.of(), answer);
  }
}
