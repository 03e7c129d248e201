package dev.moorage.host;

import java.util.Optional;

/// Who on this machine holds what another wants: for messages that name the holder.
///
/// Every answer may be outdated when it is read. Empty means that nobody holds it, or somebody whom
/// this process may not see (of another user, or in another namespace).
public interface Processes {

  /// A process that holds something.
  ///
  /// @param name as the kernel has it: the program's, 15 characters at most
  record Holder(long pid, String name) {
    /// As messages name it.
    @Override
    public String toString() {
      return "process " + pid + " (" + name + ")";
    }
  }

  /// Who listens on a TCP port, on loopback or on all addresses.
  ///
  /// @param port 1 to 65535
  Optional<Holder> listenerOn(int port);

  /// Who listens on a Unix socket. A socket's file that nobody listens on any more has no listener.
  ///
  /// @param socket its absolute path, spelt as the listener has bound it
  Optional<Holder> listenerOn(String socket);

  /// Who holds a lock on a file (`flock` or `fcntl`); the process itself is told too. A loop device
  /// that holds an image's lock is no process.
  ///
  /// @param file a missing one has no holder
  Optional<Holder> holderOf(String file);
}
