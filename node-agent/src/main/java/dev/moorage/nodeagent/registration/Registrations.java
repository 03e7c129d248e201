package dev.moorage.nodeagent.registration;

import dev.moorage.base.Tasks;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.NamedCsi;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.PluginSockets.PluginInfo;
import dev.moorage.nodeagent.registration.PluginView.Known;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The drivers that this process is connected to, by socket name. Like the connections themselves
/// it lives as long as the process: after a restart every socket is dialled again.
final class Registrations {
  /// How long a driver may keep its node waiting before that is told: it starts beside the agent,
  /// and the socket of its last life may stand there before it serves.
  private static final Duration STARTING = Duration.ofSeconds(5);

  private final Tasks tasks;
  private final Duration rpc;

  /// Since when a socket is tried in vain; guarded by this.
  private final SortedMap<String, Long> unavailableSince = new TreeMap<>();

  /// Guarded by this.
  private final SortedMap<String, Known> known = new TreeMap<>();

  /// Guarded by this.
  private final SortedMap<String, Link> links = new TreeMap<>();

  private volatile Runnable listener = () -> {};

  Registrations(Tasks tasks, Duration rpc) {
    this.tasks = tasks;
    this.rpc = rpc;
  }

  /// An open connection and what the driver could do when it was last asked.
  record Link(
      String driver, Connection connection, long epoch, NodeGetCapabilities.Answer capabilities) {}

  synchronized Known of(String socket) {
    var now = known.getOrDefault(socket, new Known.Not());
    return now instanceof Known.Described(var info, var about, var reported, _) && moved(socket)
        ? new Known.Described(info, about, reported, true)
        : now;
  }

  private synchronized boolean moved(String socket) {
    var link = links.get(socket);
    return link != null && link.connection().epoch() != link.epoch();
  }

  synchronized List<String> sockets() {
    return List.copyOf(known.keySet());
  }

  /// Sockets whose driver may be another process by now.
  synchronized List<String> doubted() {
    return known.keySet().stream()
        .filter(socket -> of(socket) instanceof Known.Described(_, _, _, var again) && again)
        .toList();
  }

  /// Whether another socket has registered the same driver in this or a newer version.
  synchronized boolean takenByOther(String socket, PluginInfo info) {
    var mine = CsiVersion.highest(info.versions());
    return known.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(socket))
        .anyMatch(entry ->
            entry.getValue() instanceof Known.Described(var other, _, _, _)
                && other.name().equals(info.name())
                && CsiVersion.highest(other.versions()).orElseThrow().compareTo(mine.orElseThrow())
                    >= 0);
  }

  /// Whether whoever is behind a socket that nobody serves may just be starting.
  synchronized boolean mayBeStarting(String socket) {
    long now = tasks.nanos();
    long since = unavailableSince.computeIfAbsent(socket, _ -> now);
    return now - since < STARTING.toNanos();
  }

  /// The socket is served, or gone: its next failure is a first one.
  synchronized void startsAnew(String socket) {
    unavailableSince.remove(socket);
  }

  synchronized void dialled(String socket, PluginInfo info) {
    known.put(socket, new Known.Dialled(info));
  }

  void described(String socket, PluginInfo info, NodeGetInfo.Answer about, Link link) {
    Optional<Link> before;
    synchronized (this) {
      startsAnew(socket);
      known.put(socket, new Known.Described(info, about, false, false));
      before = Optional.ofNullable(links.put(socket, link));
    }
    before.ifPresent(old -> old.connection().close());
    listener.run();
  }

  /// Whom to tell when a driver can be called: after a restart the API may have known it all along,
  /// and then nothing there changes.
  void onDriver(Runnable told) {
    listener = told;
  }

  synchronized void reported(String socket) {
    if (known.get(socket) instanceof Known.Described(var info, var about, _, _))
      known.put(socket, new Known.Described(info, about, true, false));
    startsAnew(socket);
  }

  /// The socket came anew: whoever serves it is asked again.
  synchronized void doubt(String socket) {
    known.computeIfPresent(
        socket,
        (_, now) ->
            now instanceof Known.Described(var info, var about, var reported, _)
                ? new Known.Described(info, about, reported, true)
                : now);
  }

  /// What was asked of the plugin failed: it is dialled again, or deregistered when its socket
  /// goes.
  void lost(String socket, PluginInfo info) {
    forget(socket);
    synchronized (this) {
      known.put(socket, new Known.Lost(info));
    }
  }

  void forget(String socket) {
    Optional<Link> before;
    synchronized (this) {
      known.remove(socket);
      before = Optional.ofNullable(links.remove(socket));
    }
    before.ifPresent(old -> old.connection().close());
  }

  /// Whether any socket serves this driver.
  synchronized boolean serves(String driver) {
    return links.values().stream().anyMatch(link -> link.driver().equals(driver));
  }

  /// The connection to a driver, with capabilities asked again after a reconnect.
  Optional<Link> find(String driver) {
    Optional<Link> found;
    synchronized (this) {
      found = links.values().stream().filter(link -> link.driver().equals(driver)).findFirst();
    }
    return found.map(this::fresh);
  }

  private Link fresh(Link link) {
    long epoch = link.connection().epoch();
    if (epoch == link.epoch()) return link;
    var name = KnownDriver.askName(new NamedCsi(link.driver(), link.connection()), rpc);
    if (!name.equals(link.driver()))
      throw new CsiException(
          CsiException.Code.UNAVAILABLE,
          "the socket of driver " + link.driver() + " now leads to driver " + name);
    return new Link(
        link.driver(),
        link.connection(),
        epoch,
        capabilities(new NamedCsi(link.driver(), link.connection())));
  }

  NodeGetCapabilities.Answer capabilities(Csi driver) {
    return driver.call(new NodeGetCapabilities(), rpc);
  }
}
