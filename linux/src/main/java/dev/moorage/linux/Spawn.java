package dev.moorage.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.moorage.base.Check;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Starts a process that is on its own: a session of its own, no signal blocked or ignored, and not
/// one descriptor of this program but those it is given (`ProcessBuilder` can give none beyond the
/// first three).
///
/// Source: `posix_spawn(3)` of the GNU C library.
final class Spawn {
  private static final short SET_SIGNAL_DEFAULTS = 0x04;
  private static final short SET_SIGNAL_MASK = 0x08;
  private static final short SET_SESSION = 0x80;

  private static final int SIGNAL_SET_BYTES = 128;

  /// More than the library's opaque structures have anywhere (80 and 336 bytes).
  private static final int STRUCTURE_BYTES = 1024;

  private final Linked actionsInit;
  private final Linked actionsDestroy;
  private final Linked addOpen;
  private final Linked addDup2;
  private final Linked addCloseFrom;
  private final Linked attributesInit;
  private final Linked attributesDestroy;
  private final Linked setFlags;
  private final Linked setMask;
  private final Linked setDefaults;
  private final Linked spawn;

  Spawn(CLibrary library) {
    actionsInit = library.returningError("posix_spawn_file_actions_init", ADDRESS);
    actionsDestroy = library.returningError("posix_spawn_file_actions_destroy", ADDRESS);
    addOpen =
        library.returningError(
            "posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    addDup2 =
        library.returningError("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
    addCloseFrom =
        library.returningError("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
    attributesInit = library.returningError("posix_spawnattr_init", ADDRESS);
    attributesDestroy = library.returningError("posix_spawnattr_destroy", ADDRESS);
    setFlags = library.returningError("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
    setMask = library.returningError("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
    setDefaults = library.returningError("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
    spawn =
        library.returningError("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  }

  /// What to start.
  ///
  /// @param command an absolute program and its arguments
  /// @param environment `NAME=value` each
  /// @param log takes what the process says; its input is empty
  /// @param third what becomes its descriptor 3
  /// @param fourth what becomes its descriptor 4
  record Start(
      List<String> command,
      List<String> environment,
      String log,
      Descriptor third,
      Descriptor fourth) {}

  /// Starts it.
  ///
  /// @return its process id; whoever starts it asks for its end
  int start(Start start) {
    try (var arena = Arena.ofConfined()) {
      var actions = arena.allocate(STRUCTURE_BYTES, 16);
      var attributes = arena.allocate(STRUCTURE_BYTES, 16);
      ask("preparing a start", () -> (int) actionsInit.handle().invokeExact(actions));
      ask("preparing a start", () -> (int) attributesInit.handle().invokeExact(attributes));
      try {
        prepare(arena, actions, start);
        standAlone(arena, attributes);
        return start(arena, actions, attributes, start);
      } finally {
        ask("ending a start", () -> (int) actionsDestroy.handle().invokeExact(actions));
        ask("ending a start", () -> (int) attributesDestroy.handle().invokeExact(attributes));
      }
    }
  }

  private void prepare(Arena arena, MemorySegment actions, Start start) {
    int read = Syscalls.O_RDONLY;
    int append = Syscalls.O_WRONLY | Syscalls.O_CREAT | Syscalls.O_APPEND;
    var nothing = CLibrary.text(arena, "/dev/null");
    var log = CLibrary.text(arena, start.log());
    ask("preparing", () -> (int) addOpen.handle().invokeExact(actions, 0, nothing, read, 0));
    ask("preparing", () -> (int) addOpen.handle().invokeExact(actions, 1, log, append, 0640));
    give(actions, 1, 2);
    // Neither may be overwritten before it was given.
    Check.that(start.fourth().number() != 3, "descriptor 3 is the JVM's own");
    give(actions, start.third().number(), 3);
    give(actions, start.fourth().number(), 4);
    ask("preparing", () -> (int) addCloseFrom.handle().invokeExact(actions, 5));
  }

  private void give(MemorySegment actions, int from, int to) {
    ask("preparing", () -> (int) addDup2.handle().invokeExact(actions, from, to));
  }

  private void standAlone(Arena arena, MemorySegment attributes) {
    short flags = (short) (SET_SESSION | SET_SIGNAL_MASK | SET_SIGNAL_DEFAULTS);
    var none = arena.allocate(SIGNAL_SET_BYTES, 8);
    var all = arena.allocate(SIGNAL_SET_BYTES, 8).fill((byte) 0xff);
    ask("preparing", () -> (int) setFlags.handle().invokeExact(attributes, flags));
    ask("preparing", () -> (int) setMask.handle().invokeExact(attributes, none));
    ask("preparing", () -> (int) setDefaults.handle().invokeExact(attributes, all));
  }

  private int start(Arena arena, MemorySegment actions, MemorySegment attributes, Start start) {
    var pid = arena.allocate(JAVA_INT);
    var program = CLibrary.text(arena, start.command().getFirst());
    var arguments = texts(arena, start.command());
    var environment = texts(arena, start.environment());
    ask(
        "starting " + start.command().getFirst() + " with its output in " + start.log(),
        () ->
            (int)
                spawn
                    .handle()
                    .invokeExact(pid, program, actions, attributes, arguments, environment));
    return pid.get(JAVA_INT, 0);
  }

  private static MemorySegment texts(Arena arena, List<String> texts) {
    var list = arena.allocate(ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      list.setAtIndex(ADDRESS, i, CLibrary.text(arena, texts.get(i)));
    }
    return list;
  }

  private interface Attempt {
    int make() throws Throwable;
  }

  private static void ask(String tried, Attempt attempt) {
    long error = CLibrary.call(tried, (_, _) -> attempt.make());
    if (error != 0) throw Errnos.failure((int) error, tried);
  }
}
