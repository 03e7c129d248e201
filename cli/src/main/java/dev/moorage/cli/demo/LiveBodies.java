package dev.moorage.cli.demo;

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
import dev.moorage.stack.stories.Witness;

/// The real bodies of one machine: the registry in this process, this kernel, gRPC on Unix sockets.
final class LiveBodies implements Bodies {
  private final Registry registry;
  private final Host host;
  private final Witness witness;

  LiveBodies(Registry registry, Host host, Witness witness) {
    this.registry = registry;
    this.host = host;
    this.witness = witness;
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
    return witness.before(csi);
  }
}
