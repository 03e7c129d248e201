package dev.moorage.stack;

import dev.moorage.base.Group;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.CsiServers;
import dev.moorage.csi.PluginSockets;
import dev.moorage.host.Host;
import dev.moorage.kube.Kube;

/// Which body stands behind each word: chosen by `cli` (real ones) and `sim` (simulated ones).
public interface Bodies {

  /// The API as an actor sees it.
  ///
  /// @param user the actor's name for the API, e.g. `system:moorage:binder`
  Kube kube(Group process, String user);

  /// A node's kernel, as one process on that node uses it.
  Host host(Group process, String node);

  /// How a process on a node reaches drivers.
  CsiConnections connections(Group process, String node);

  /// How a process on a node serves a driver.
  CsiServers servers(Group process, String node);

  /// How a process on a node reaches and serves plugin registration.
  PluginSockets sockets(Group process, String node);

  /// A chance to stand between a driver and those who call it (witnesses, faults). By default
  /// nobody does.
  default Csi atDriver(String driver, String node, Csi csi) {
    return csi;
  }
}
