package dev.moorage.linux;

import dev.moorage.host.HostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The bubblewraps that this process started, and how they ended. Whoever starts a process must ask
/// for its end, or it stays in the kernel's table.
final class SandboxChildren {
  /// So many ends are remembered.
  private static final int MOST_ENDED = 1000;

  private final Map<Key, Child> children = new LinkedHashMap<>(); // guarded by this

  private record Key(long init, long start) {}

  private record Child(int outer, Optional<Integer> code) {}

  synchronized void add(long init, long start, int outer) {
    children.put(new Key(init, start), new Child(outer, Optional.empty()));
    var ended = new ArrayList<Key>();
    children.forEach((key, child) -> {
      if (child.code().isPresent()) ended.add(key);
    });
    if (ended.size() > MOST_ENDED) children.remove(ended.getFirst());
  }

  synchronized boolean knows(long init, long start) {
    return children.containsKey(new Key(init, start));
  }

  /// How it ended; asks the kernel, which never waits here.
  synchronized Optional<Integer> exitCode(ProcessCalls calls, long init, long start) {
    var key = new Key(init, start);
    var child = children.get(key);
    if (child == null) return Optional.empty();
    if (child.code().isPresent()) return child.code();
    var code = asked(calls, child.outer());
    code.ifPresent(ended -> children.put(key, new Child(child.outer(), Optional.of(ended))));
    return code;
  }

  private static Optional<Integer> asked(ProcessCalls calls, int outer) {
    try {
      return calls.exitCode(outer);
    } catch (HostException taken) {
      return Optional.of(-1); // another asked before us
    }
  }

  /// Asks for the end of all.
  synchronized int reap(ProcessCalls calls) {
    List<Key> all = List.copyOf(children.keySet());
    for (var key : all) exitCode(calls, key.init(), key.start());
    return all.size();
  }
}
