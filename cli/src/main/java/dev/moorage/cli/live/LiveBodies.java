package dev.moorage.cli.live;

import dev.moorage.base.Group;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.CsiServers;
import dev.moorage.csi.PluginSockets;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.Host;
import dev.moorage.kube.Kube;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.registry.RegistryKube;
import dev.moorage.stack.Bodies;
import java.util.function.UnaryOperator;

/// The real bodies of one machine: the registry in this process, this kernel, gRPC on Unix sockets.
///
/// @param atDriver stands between our driver and those who call it
public record LiveBodies(Registry registry, Host host, UnaryOperator<Csi> atDriver)
    implements Bodies {
  /// Bodies with nobody at the driver's door.
  public LiveBodies(Registry registry, Host host) {
    this(registry, host, UnaryOperator.identity());
  }

  @Override
  public Kube kube(Group process, String user) {
    return new RegistryKube(registry, process.tasks(), user);
  }

  @Override
  public Host host(Group process, String node) {
    return host;
  }

  @Override
  public CsiConnections connections(Group process, String node) {
    return new GrpcSockets(process);
  }

  @Override
  public CsiServers servers(Group process, String node) {
    return new GrpcSockets(process);
  }

  @Override
  public PluginSockets sockets(Group process, String node) {
    return new GrpcSockets(process);
  }

  @Override
  public Csi atDriver(String driver, String node, Csi csi) {
    return atDriver.apply(csi);
  }
}
