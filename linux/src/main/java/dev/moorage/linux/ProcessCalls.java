package dev.moorage.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/// The kernel's calls about processes and pipes; the rest is in [Syscalls].
final class ProcessCalls {
  private static final int O_CLOEXEC = 0x80000;

  /// The same on every machine.
  private static final long SYS_PIDFD_SEND_SIGNAL = 424;

  private static final long SYS_PIDFD_OPEN = 434;

  private final Opened opened;
  private final Spawn spawn;
  private final Linked read;
  private final Linked write;
  private final Linked pipe2;
  private final Linked waitpid;
  private final Linked syscall4;

  /// Makes a descriptor of a number that the kernel gave.
  interface Opened {
    Descriptor descriptor(long number, String path);
  }

  ProcessCalls(CLibrary library, Opened opened) {
    this.opened = opened;
    this.spawn = new Spawn(library);
    read = library.plain("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    write = library.plain("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    pipe2 = library.plain("pipe2", JAVA_INT, ADDRESS, JAVA_INT);
    waitpid = library.plain("waitpid", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    syscall4 =
        library.variadic(
            "syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  }

  /// A pipe; no child inherits its ends.
  ///
  /// @param out where it is read
  /// @param in where it is written
  record Pipe(Descriptor out, Descriptor in) implements AutoCloseable {
    @Override
    public void close() {
      out.close();
      in.close();
    }
  }

  /// Makes a pipe.
  Pipe pipe() {
    try (var memory = Arena.ofConfined()) {
      var ends = memory.allocate(8, 4);
      CLibrary.call(
          "making a pipe", (_, state) -> (int) pipe2.handle().invokeExact(state, ends, O_CLOEXEC));
      return new Pipe(
          opened.descriptor(ends.get(JAVA_INT, 0), "a pipe"),
          opened.descriptor(ends.get(JAVA_INT, 4), "a pipe"));
    }
  }

  /// Reads what a pipe holds, waiting for something.
  ///
  /// @return nothing at the pipe's end
  byte[] readSome(Descriptor pipe) {
    try (var memory = Arena.ofConfined()) {
      var buffer = memory.allocate(4096);
      long got =
          CLibrary.call(
              "reading " + pipe.path(),
              (_, state) -> (long) read.handle().invokeExact(state, pipe.number(), buffer, 4096L));
      return buffer.asSlice(0, got).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /// Writes one byte into a pipe; one that nobody reads any more is fine.
  void writeOne(Descriptor pipe) {
    CLibrary.callUnless(
        Errnos.EPIPE,
        "writing " + pipe.path(),
        (arena, state) ->
            (long) write.handle().invokeExact(state, pipe.number(), arena.allocate(1), 1L));
  }

  /// A handle on a process that never means another one.
  ///
  /// @return empty when there is no such process
  Optional<Descriptor> process(long pid) {
    var number =
        CLibrary.callUnless(
            Errnos.ESRCH,
            "taking hold of process " + pid,
            (_, state) ->
                (long) syscall4.handle().invokeExact(state, SYS_PIDFD_OPEN, pid, 0L, 0L, 0L));
    if (number.isEmpty()) return Optional.empty();
    return Optional.of(opened.descriptor(number.getAsLong(), "process " + pid));
  }

  /// Sends a signal; a process that has ended is fine.
  void signal(Descriptor process, int signal) {
    long number = signal;
    CLibrary.callUnless(
        Errnos.ESRCH,
        "sending signal " + signal + " to " + process.path(),
        (_, state) ->
            (long)
                syscall4
                    .handle()
                    .invokeExact(
                        state, SYS_PIDFD_SEND_SIGNAL, (long) process.number(), number, 0L, 0L));
  }

  /// Takes the exit code of a child of this process that has ended: 128 + n for an end by signal n.
  ///
  /// @return empty while it runs
  Optional<Integer> exitCode(int child) {
    try (var memory = Arena.ofConfined()) {
      var status = memory.allocate(4, 4);
      long ended =
          CLibrary.call(
              "asking for the end of process " + child,
              (_, state) -> (int) waitpid.handle().invokeExact(state, child, status, 1));
      if (ended == 0) return Optional.empty();
      int seen = status.get(JAVA_INT, 0);
      int signal = seen & 0x7f;
      return Optional.of(signal == 0 ? (seen >> 8) & 0xff : 128 + signal);
    }
  }

  /// Starts processes.
  Spawn spawn() {
    return spawn;
  }
}
