package dev.moorage.nodeagent.registration;

import dev.moorage.host.Machine;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import dev.moorage.nodeagent.registration.NodeView.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The status of this machine's Node, written and read. Reasons and the texts of conditions are the
/// kubelet's.
final class KubeNodeStatus {
  /// Which kubelet this agent takes after.
  private static final String VERSION = "v1.33.0+moorage";

  /// The kubelet's default.
  private static final String PODS = "110";

  private static final String READY = "Ready";

  private final Machine machine;
  private final String hostname;

  KubeNodeStatus(Machine machine, String hostname) {
    this.machine = machine;
    this.hostname = hostname;
  }

  Said said(Tree node, Instant now) {
    var ready = condition(node);
    return new Said(
        ready.filter(condition -> condition.text("status").equals("True")).isPresent(),
        node.at("status", "nodeInfo").equals(info()),
        ready
            .map(condition -> condition.text("lastHeartbeatTime"))
            .filter(time -> !time.isEmpty())
            .map(time -> ago(Instant.parse(time), now))
            .orElse(NodeView.HEARTBEAT));
  }

  private static Duration ago(Instant then, Instant now) {
    var ago = Duration.between(then, now);
    return ago.isNegative() ? Duration.ZERO : ago; // the clock was set back
  }

  private static Optional<Tree> condition(Tree node) {
    return node.at("status", "conditions").items().stream()
        .filter(condition -> condition.text("type").equals(READY))
        .findFirst();
  }

  Patch ready(Tree node, Instant now) {
    var condition = condition(node, "True", "KubeletReady", "the node agent takes pods", now);
    return Patch.NONE
        .setItem("type", condition, "status", "conditions")
        .set(Tree.list(addresses()), "status", "addresses")
        .set(room(), "status", "capacity")
        .set(room(), "status", "allocatable")
        .set(info(), "status", "nodeInfo");
  }

  Patch resting(Tree node, Instant now) {
    var condition = condition(node, "False", "KubeletNotReady", "node is shutting down", now);
    return Patch.NONE.setItem("type", condition, "status", "conditions");
  }

  /// The time of the last change stays while nothing but the time changes.
  private static Tree condition(
      Tree node, String status, String reason, String message, Instant at) {
    var now = at.truncatedTo(ChronoUnit.SECONDS).toString();
    var since =
        condition(node)
            .filter(before -> before.text("status").equals(status))
            .map(before -> before.text("lastTransitionTime"))
            .filter(time -> !time.isEmpty())
            .orElse(now);
    return Tree.object(
        "type",
        READY,
        "status",
        status,
        "reason",
        reason,
        "message",
        message,
        "lastHeartbeatTime",
        now,
        "lastTransitionTime",
        since);
  }

  private List<Tree> addresses() {
    return List.of(
        Tree.object("type", "InternalIP", "address", "127.0.0.1"),
        Tree.object("type", "Hostname", "address", hostname));
  }

  private Tree room() {
    return Tree.object(
        "cpu",
        Integer.toString(machine.room().cpus()),
        "memory",
        Quantities.text(machine.room().memory()),
        "pods",
        PODS);
  }

  private Tree info() {
    return Tree.object(
        "machineID",
        machine.ids().machine(),
        "systemUUID",
        machine.ids().system(),
        "bootID",
        machine.ids().boot(),
        "kernelVersion",
        machine.kernelVersion(),
        "osImage",
        machine.osImage(),
        "containerRuntimeVersion",
        machine.sandboxes(),
        "kubeletVersion",
        VERSION,
        "operatingSystem",
        machine.operatingSystem(),
        "architecture",
        machine.architecture());
  }
}
