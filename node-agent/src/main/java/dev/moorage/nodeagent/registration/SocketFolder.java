package dev.moorage.nodeagent.registration;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.host.Files.Entry;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The folder in which plugins show their registration sockets.
final class SocketFolder {
  private final String path;
  private final Host host;

  SocketFolder(String path, Host host) {
    this.path = path;
    this.host = host;
  }

  String path(String socket) {
    return path + "/" + socket;
  }

  boolean holds(String socket) {
    return host.files().look(path(socket)).map(Entry::sort).filter(Sort.SOCKET::equals).isPresent();
  }

  /// Socket names, sorted; names that start with a dot are not looked at.
  List<String> sockets() {
    return host.files().names(path).stream()
        .filter(name -> name.endsWith(".sock") && !name.startsWith("."))
        .filter(this::holds)
        .toList();
  }

  /// Tells which sockets came, went or came anew, until the group closes.
  ///
  /// @param registrations what is connected already
  /// @param look how often to look for drivers that reconnected by themselves
  void watch(
      Group group,
      Registrations registrations,
      Duration look,
      Consumer<String> changed,
      Journal journal) {
    while (true) {
      try {
        watchOnce(registrations, look, changed);
      } catch (HostException refused) {
        journal.note(
            new Journal.Entry(
                Journal.Entry.What.FAILED,
                Registrar.ACTOR,
                "watch",
                path,
                String.valueOf(refused.getMessage())));
        group.sleep(look);
      }
    }
  }

  private void watchOnce(Registrations registrations, Duration look, Consumer<String> changed) {
    host.files().makeFolder(path, 0755);
    try (var watched = host.folders().watch(path)) {
      var before = new TreeSet<>(registrations.sockets());
      boolean moved = false;
      while (true) {
        var now = new TreeSet<>(sockets());
        different(before, now).forEach(changed);
        // Something changed although the names are the same: a plugin may have replaced its socket.
        if (moved && now.equals(before)) now.forEach(registrations::doubt);
        if (moved && now.equals(before)) now.forEach(changed);
        registrations.doubted().forEach(changed);
        before = now;
        moved = watched.changed(look);
      }
    }
  }

  private static Set<String> different(Set<String> before, Set<String> now) {
    var all = new TreeSet<>(before);
    all.addAll(now);
    all.removeIf(name -> before.contains(name) && now.contains(name));
    return all;
  }
}
