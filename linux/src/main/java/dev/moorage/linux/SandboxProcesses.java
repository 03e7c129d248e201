package dev.moorage.linux;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds sandboxes among the host's processes.
final class SandboxProcesses {
  private static final long FIRST_IN_NAMESPACE = 1;
  private static final long SECOND_IN_NAMESPACE = 2;

  private SandboxProcesses() {}

  /// A sandbox's first process.
  ///
  /// @param own the container's own process; empty while it has not begun, or has ended
  record Init(String name, long pid, long start, Optional<Long> own) {}

  /// What was found.
  ///
  /// @param starting whether a bubblewrap of such a name has no init yet
  record Found(List<Init> inits, boolean starting) {}

  /// Sandboxes whose name begins so.
  static Found named(String prefix) {
    int here = ProcessTable.ids(self()).size();
    var inits = new ArrayList<Init>();
    boolean starting = false;
    for (long pid : ProcessTable.all()) {
      var name =
          ProcessTable.variable(pid, BubblewrapCommand.NAME).filter(its -> its.startsWith(prefix));
      var seen = ProcessTable.find(pid).filter(ProcessTable.Seen::isAlive);
      if (name.isEmpty() || seen.isEmpty()) continue;
      var ids = ProcessTable.ids(pid);
      // Processes deeper inside may claim what they like; an init of ours is one level down.
      if (ids.size() == here + 1 && ids.getLast() == FIRST_IN_NAMESPACE) {
        inits.add(new Init(name.get(), pid, seen.get().start(), own(pid)));
      } else if (ids.size() == here && isWithoutInit(pid)) {
        starting = true;
      }
    }
    return new Found(List.copyOf(inits), starting);
  }

  private static boolean isWithoutInit(long pid) {
    var command = ProcessTable.command(pid);
    boolean bubblewrap = !command.isEmpty() && command.getFirst().endsWith("bwrap");
    return bubblewrap && ProcessTable.children(pid).isEmpty();
  }

  private static long self() {
    return ProcessHandle.current().pid();
  }

  /// The container's own process: the init's first child, whatever was left to it later.
  static Optional<Long> own(long init) {
    return ProcessTable.children(init).stream()
        .filter(child -> ProcessTable.find(child).filter(ProcessTable.Seen::isAlive).isPresent())
        .filter(child -> {
          var ids = ProcessTable.ids(child);
          return !ids.isEmpty() && ids.getLast() == SECOND_IN_NAMESPACE;
        })
        .findFirst();
  }

  /// Whether the container's own process runs its command; before that it is a copy of the init.
  static boolean isItself(long own, long init) {
    var command = ProcessTable.command(own);
    return !command.isEmpty() && !command.equals(ProcessTable.command(init));
  }
}
