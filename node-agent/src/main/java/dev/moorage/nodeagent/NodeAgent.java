package dev.moorage.nodeagent;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.csi.NodeGetCapabilities.Capability;
import dev.moorage.nodeagent.pods.Pods;
import dev.moorage.nodeagent.registration.Registrar;
import dev.moorage.nodeagent.volumes.Neighbours;
import dev.moorage.nodeagent.volumes.Volumes;

/// The door of the node agent.
public final class NodeAgent {
  private NodeAgent() {}

  /// Starts the agent of one node; returns at once.
  ///
  /// @param group closing it ends the agent. Pods live on with their mounts, as containers survive
  ///   a kubelet; the next start on the same root adopts them
  public static void start(Group group, Outside outside, Settings settings, Journal journal) {
    var drivers =
        Registrar.start(
            group,
            outside.kube(),
            new Registrar.Outside(outside.connections(), outside.sockets(), outside.host()),
            settings.registrar(),
            journal);
    var pods = Pods.start(group, outside.kube(), outside.host(), settings.pods(), journal);
    var neighbours =
        new Neighbours(name -> drivers.find(name).map(NodeAgent::driver), pods::mayRun, pods::look);
    Volumes.start(group, outside.kube(), outside.host(), neighbours, settings.volumes(), journal);
  }

  private static Neighbours.Driver driver(Registrar.Driver driver) {
    var can = driver.capabilities();
    return new Neighbours.Driver(
        driver.csi(),
        can.has(Capability.STAGE_UNSTAGE_VOLUME),
        can.has(Capability.EXPAND_VOLUME),
        can.has(Capability.SINGLE_NODE_MULTI_WRITER));
  }

  /// What the names of all sandboxes of a node's pods begin with: for whoever clears up after an
  /// agent that will not start again.
  public static String sandboxPrefix(Settings settings) {
    return settings.pods().sandboxPrefix();
  }
}
