package dev.moorage.nodeagent;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Task;
import dev.moorage.csi.NodeGetCapabilities.Capability;
import dev.moorage.nodeagent.pods.Pods;
import dev.moorage.nodeagent.registration.Registrar;
import dev.moorage.nodeagent.volumes.Neighbours;
import dev.moorage.nodeagent.volumes.Volumes;
import java.time.Duration;
import java.util.List;

/// The door of the node agent.
public final class NodeAgent {
  private final Group group;
  private final Registrar registrar;
  private final Rest rest;

  private NodeAgent(Group group, Registrar registrar, Rest rest) {
    this.group = group;
    this.registrar = registrar;
    this.rest = rest;
  }

  /// Starts the agent of one node; returns at once.
  ///
  /// @param group closing it ends the agent. Pods live on with their mounts, as containers survive
  ///   a kubelet; the next start on the same root adopts them
  public static NodeAgent start(Group group, Outside outside, Settings settings, Journal journal) {
    var duty = new Duty();
    var kube = outside.kube();
    var host = outside.host();
    var registrar =
        Registrar.start(
            group,
            kube,
            new Registrar.Outside(outside.connections(), outside.sockets(), host),
            settings.registrar(),
            duty::serves,
            journal);
    var pods = Pods.start(group, kube, host, settings.pods(), duty::restsUntil, journal);
    var neighbours = neighbours(registrar, pods, duty);
    var volumes = Volumes.start(group, kube, host, neighbours, settings.volumes(), journal);
    registrar.onDriver(volumes::lookAtWanted);
    return new NodeAgent(group, registrar, new Rest(group, duty, registrar, pods, volumes));
  }

  /// Brings the node to rest, as before a shutdown: it says NotReady and begins nothing more; its
  /// pods' processes end (TERM, their grace, KILL), its volumes are unpublished and unstaged.
  /// Objects stay: pods bound to the node, claims bound, volumes attached; the next start of the
  /// agent brings volumes and processes back. Returns at once; asking twice is fine.
  ///
  /// @param atMost after three quarters of it what still runs is killed, whatever its grace
  /// @return what could not be brought to rest in time, one line each, as the task's result; it
  ///   goes on to be tried until the group closes
  /// @throws dev.moorage.base.Stopped when the agent has ended
  public Task<List<String>> rest(Duration atMost) {
    return group.start("rest", () -> rest.within(atMost));
  }

  /// Whether a driver of this name is registered with this agent now. What the CSINode says may be
  /// an earlier agent's word.
  public boolean serves(String driver) {
    return registrar.find(driver).isPresent();
  }

  private static Neighbours neighbours(Registrar registrar, Pods pods, Duty duty) {
    return new Neighbours(
        name -> registrar.find(name).map(NodeAgent::driver),
        new Neighbours.Processes() {
          @Override
          public boolean mayRun(String podUid) {
            return pods.mayRun(podUid);
          }

          @Override
          public boolean mayBegin() {
            return duty.serves();
          }
        },
        pods::look);
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
