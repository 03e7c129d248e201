package dev.moorage.linux;

import dev.moorage.host.Processes;
import dev.moorage.linux.HolderTables.Lock;
import java.util.List;
import java.util.Optional;

/// Holders as `/proc` shows them.
final class LinuxProcesses implements Processes {
  private final Kernel kernel;

  LinuxProcesses(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public Optional<Holder> listenerOn(int port) {
    return List.of("/proc/net/tcp", "/proc/net/tcp6").stream()
        .flatMap(table -> HolderTables.portListeners(text(table), port).stream())
        .flatMap(socket -> holding("socket:[" + socket + "]").stream())
        .findFirst();
  }

  @Override
  public Optional<Holder> listenerOn(String socket) {
    return HolderTables.socketListeners(text("/proc/net/unix"), socket).stream()
        .flatMap(inode -> holding("socket:[" + inode + "]").stream())
        .findFirst();
  }

  @Override
  public Optional<Holder> holderOf(String file) {
    var fate = kernel.settings().files();
    var there = kernel.look(fate, "looking at " + file, calls -> LinuxFiles.found(calls, file));
    if (there.isEmpty()) return Optional.empty();
    var locks =
        HolderTables.locks(text("/proc/locks")).stream()
            .filter(lock -> lock.inode() == there.get().inode())
            .toList();
    var taker = locks.stream().filter(lock -> isOf(lock, there.get(), file)).findFirst();
    if (taker.isPresent()) return taker.flatMap(lock -> holder(lock.pid()));
    // Whoever took it has ended and left the open file to another process.
    return locks.isEmpty() ? Optional.empty() : holding(file);
  }

  /// The table knows a filesystem by its own number, which on some (overlay, btrfs) is not the one
  /// that a look at the file tells: there the open file itself decides.
  private static boolean isOf(Lock lock, Stat file, String path) {
    if (ProcessTable.find(lock.pid()).isEmpty()) return false;
    return (lock.major() == file.major() && lock.minor() == file.minor())
        || ProcessTable.holds(lock.pid(), path);
  }

  private static Optional<Holder> holding(String open) {
    return ProcessTable.all().stream()
        .filter(pid -> ProcessTable.holds(pid, open))
        .flatMap(pid -> holder(pid).stream())
        .findFirst();
  }

  private static Optional<Holder> holder(long pid) {
    return ProcessTable.name(pid).map(name -> new Holder(pid, name));
  }

  private static String text(String table) {
    return KernelFiles.text(table).orElse("");
  }
}
