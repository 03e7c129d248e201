package dev.moorage.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.moorage.base.Check;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// The C library as the JDK's foreign functions see it: [Syscalls] and [Spawn] stand on it, and
/// nobody else.
final class CLibrary {
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final int NO_ERROR = 0;

  private final Linker linker = Linker.nativeLinker();
  private final SymbolLookup symbols = linker.defaultLookup();

  /// One attempt at a call; a negative result means that `errno` tells why.
  interface Attempt {
    /// The arena ends with the call; the state goes first into the handle.
    long make(Arena arena, MemorySegment state) throws Throwable;
  }

  /// Makes a call, again where it was interrupted.
  ///
  /// @param tried what is tried, on what: the beginning of the failure's text
  /// @return what the call returned, never negative
  static long call(String tried, Attempt attempt) {
    var result = callUnless(NO_ERROR, tried, attempt);
    return result.orElseThrow();
  }

  /// [#call] for which one error is an answer, not a failure.
  ///
  /// @param expected the error's number
  /// @return empty for that error
  static OptionalLong callUnless(int expected, String tried, Attempt attempt) {
    try (var arena = Arena.ofConfined()) {
      var state = arena.allocate(STATE);
      while (true) {
        long result = attempt.make(arena, state);
        if (result >= 0) return OptionalLong.of(result);
        int errno = (int) ERRNO.get(state, 0L);
        if (errno == expected) return OptionalLong.empty();
        if (errno != Errnos.EINTR) throw Errnos.failure(errno, tried);
      }
    } catch (RuntimeException | Error failure) {
      throw failure;
    } catch (Throwable failure) {
      throw new IllegalStateException(tried, failure);
    }
  }

  /// A text as C wants it.
  static MemorySegment text(Arena arena, String text) {
    Check.that(text.indexOf('\0') < 0, "a path or an option holds no zero byte");
    return arena.allocateFrom(text, StandardCharsets.UTF_8);
  }

  /// A function that sets `errno`.
  Linked plain(String name, MemoryLayout result, MemoryLayout... arguments) {
    return linked(
        name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
  }

  /// A function with a variable number of arguments that sets `errno`.
  ///
  /// @param fixed how many arguments stand before the variable ones
  Linked variadic(String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
    return linked(
        name,
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(fixed));
  }

  /// A function that returns its error.
  Linked returningError(String name, MemoryLayout... arguments) {
    return linked(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }

  private Linked linked(String name, FunctionDescriptor shape, Linker.Option... options) {
    return new Linked(() -> link(name, shape, options));
  }

  @SuppressWarnings("restricted") // this is what the restriction is for; launchers allow it
  private MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
    var address = symbols.find(name);
    if (address.isEmpty()) {
      throw new HostException(
          Errno.ENOSYS, "this C library has no " + name + "; the GNU one has since 2.34");
    }
    return linker.downcallHandle(address.get(), shape, options);
  }

  /// Whether this is a 64-bit ARM: some flags have other numbers there.
  boolean machineIsArm() {
    return machine().startsWith("aarch64");
  }

  /// The sort of machine in the kernel's words: `x86_64`, `aarch64`.
  String machine() {
    var uname = plain("uname", JAVA_INT, ADDRESS).handle();
    try (var memory = Arena.ofConfined()) {
      var names = memory.allocate(6 * 65);
      call("asking for the machine's name", (_, state) -> (int) uname.invokeExact(state, names));
      return names.asSlice(4 * 65, 65).getString(0);
    }
  }
}
