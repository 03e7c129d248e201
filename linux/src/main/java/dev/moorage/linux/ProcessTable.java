package dev.moorage.linux;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Processes of this host as `/proc` shows them; each may be gone at the next look.
///
/// Source: `proc_pid_stat(5)`, `proc_pid_status(5)`.
final class ProcessTable {
  private ProcessTable() {}

  /// One process.
  ///
  /// @param state one letter; `Z` has ended and waits to be asked for its exit code
  /// @param start in clock ticks since boot; with the pid it names a process until the next boot
  record Seen(char state, long parent, long start) {
    boolean isAlive() {
      return state != 'Z' && state != 'X';
    }
  }

  /// What is known about a process.
  static Optional<Seen> find(long pid) {
    return KernelFiles.text("/proc/" + pid + "/stat").flatMap(ProcessTable::seen);
  }

  /// The name in brackets may hold anything, brackets too.
  static Optional<Seen> seen(String stat) {
    int name = stat.lastIndexOf(')');
    if (name < 0) return Optional.empty();
    var fields = stat.substring(name + 1).strip().split(" ", -1);
    if (fields.length < 20) return Optional.empty();
    return Optional.of(
        new Seen(fields[0].charAt(0), Long.parseLong(fields[1]), Long.parseLong(fields[19])));
  }

  /// All process ids.
  static List<Long> all() {
    return KernelFiles.names("/proc").stream()
        .filter(name -> name.matches("[0-9]+"))
        .map(Long::parseLong)
        .sorted()
        .toList();
  }

  /// The children of a process.
  static List<Long> children(long pid) {
    var listed = KernelFiles.text("/proc/" + pid + "/task/" + pid + "/children");
    if (listed.isPresent()) return numbers(listed.get());
    // Kernels built without that file.
    return all().stream()
        .filter(other -> find(other).filter(seen -> seen.parent() == pid).isPresent())
        .toList();
  }

  /// What a process was started with; empty for one that has ended.
  static List<String> command(long pid) {
    return KernelFiles.text("/proc/" + pid + "/cmdline").map(ProcessTable::texts).orElse(List.of());
  }

  /// A variable of the environment that a process was started with.
  static Optional<String> variable(long pid, String name) {
    return KernelFiles.text("/proc/" + pid + "/environ").map(ProcessTable::texts).stream()
        .flatMap(List::stream)
        .filter(text -> text.startsWith(name + "="))
        .map(text -> text.substring(name.length() + 1))
        .findFirst();
  }

  /// The ids of a process from this program's namespace down to its own.
  static List<Long> ids(long pid) {
    return KernelFiles.text("/proc/" + pid + "/status").map(ProcessTable::idsIn).orElse(List.of());
  }

  static List<Long> idsIn(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("NSpid:"))
        .findFirst()
        .map(line -> numbers(line.substring("NSpid:".length())))
        .orElse(List.of());
  }

  /// What the kernel calls a process; empty for one that has ended.
  static Optional<String> name(long pid) {
    return KernelFiles.line("/proc/" + pid + "/comm").filter(name -> !name.isEmpty());
  }

  /// Whether a process holds something open.
  ///
  /// @param open a file's path, or `socket:[inode]`
  static boolean holds(long pid, String open) {
    var descriptors = "/proc/" + pid + "/fd";
    return KernelFiles.names(descriptors).stream()
        .anyMatch(
            number -> KernelFiles.link(descriptors + "/" + number).stream().anyMatch(open::equals));
  }

  private static List<Long> numbers(String text) {
    return Arrays.stream(text.strip().split("\\s+", -1))
        .filter(number -> !number.isEmpty())
        .map(Long::parseLong)
        .toList();
  }

  private static List<String> texts(String zeroEnded) {
    if (zeroEnded.isEmpty()) return List.of();
    boolean ends = zeroEnded.endsWith("\0");
    var texts = ends ? zeroEnded.substring(0, zeroEnded.length() - 1) : zeroEnded;
    return List.of(texts.split("\0", -1));
  }
}
