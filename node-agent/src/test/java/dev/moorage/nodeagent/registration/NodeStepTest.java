package dev.moorage.nodeagent.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.host.Machine;
import dev.moorage.kube.Node;
import dev.moorage.kube.Tree;
import dev.moorage.nodeagent.registration.NodeView.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeStepTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Said FRESH = new Said(true, true, Duration.ofSeconds(1));
  private static final Machine MACHINE =
      new Machine(
          "amd64",
          "linux",
          "6.1.0",
          "Some Linux 12",
          new Machine.Ids("m", "s", "b"),
          "bubblewrap://0.8.0",
          new Machine.Room(4, Bytes.gibi(8)));
  private static final KubeNodeStatus STATUS = new KubeNodeStatus(MACHINE, "n1");

  @Test
  void the_node_is_created_described_and_made_ready() {
    check(new NodeView.Absent(true), new NodeStep.CreateNode());
    check(here(false, true, FRESH), new NodeStep.DescribeNode());
    check(here(true, false, FRESH), new NodeStep.DescribeNode());
    check(here(true, true, new Said(false, true, Duration.ZERO)), new NodeStep.ReportReady());
    check(here(true, true, FRESH), new NodeStep.Nothing("the node is known and ready"));
  }

  @Test
  void another_boot_and_a_heartbeat_that_is_due_are_told() {
    check(here(true, true, new Said(true, false, Duration.ZERO)), new NodeStep.ReportReady());
    check(here(true, true, new Said(true, true, NodeView.HEARTBEAT)), new NodeStep.ReportReady());
    assertThat(here(true, true, new Said(true, true, Duration.ofMinutes(2))).nextHeartbeat())
        .contains(Duration.ofMinutes(3));
  }

  @Test
  void a_node_that_rests_says_so_once() {
    check(new NodeView.Here(true, true, FRESH, false), new NodeStep.ReportResting());
    var told = new NodeView.Here(true, true, new Said(false, true, Duration.ofHours(1)), false);
    check(told, new NodeStep.Nothing("the node rests"));
    assertThat(told.nextHeartbeat()).isEmpty();
    assertThat(NodeStep.next(new NodeView.Absent(false))).isInstanceOf(NodeStep.Nothing.class);
  }

  @Test
  void the_node_s_labels_are_read_from_it() {
    var labels = Map.of("kubernetes.io/hostname", "n1");
    var node = Tree.object("metadata", Tree.object("name", "n1", "labels", Tree.texts(labels)));
    assertThat(NodeView.of(Optional.of(Node.of(node)), FRESH, labels, true))
        .isEqualTo(new NodeView.Here(true, false, FRESH, true));
    assertThat(NodeView.of(Optional.empty(), FRESH, labels, true))
        .isEqualTo(new NodeView.Absent(true));
  }

  @Test
  void what_is_written_is_what_is_read() {
    assertThat(STATUS.said(Tree.empty(), NOON))
        .isEqualTo(new Said(false, false, NodeView.HEARTBEAT));
    var ready = STATUS.ready(Tree.empty(), NOON).apply(Tree.empty());
    assertThat(STATUS.said(ready, NOON.plusSeconds(7)))
        .isEqualTo(new Said(true, true, Duration.ofSeconds(7)));
    var resting = STATUS.resting(ready, NOON.plusSeconds(9)).apply(ready);
    assertThat(STATUS.said(resting, NOON.plusSeconds(9)))
        .isEqualTo(new Said(false, true, Duration.ZERO));
    assertThat(ready.text("status", "nodeInfo", "containerRuntimeVersion"))
        .isEqualTo("bubblewrap://0.8.0");
    assertThat(ready.text("status", "allocatable", "memory")).isEqualTo("8Gi");
  }

  @Test
  void a_heartbeat_leaves_the_time_of_the_last_change() {
    var first = STATUS.ready(Tree.empty(), NOON).apply(Tree.empty());
    var second = STATUS.ready(first, NOON.plusSeconds(300)).apply(first);
    assertThat(times(second)).containsExactly("2026-01-01T12:05:00Z", "2026-01-01T12:00:00Z");
    var third = STATUS.resting(second, NOON.plusSeconds(301)).apply(second);
    assertThat(times(third)).containsExactly("2026-01-01T12:05:01Z", "2026-01-01T12:05:01Z");
  }

  private static List<String> times(Tree node) {
    var condition = node.at("status", "conditions").items().getFirst();
    return List.of(condition.text("lastHeartbeatTime"), condition.text("lastTransitionTime"));
  }

  private static NodeView here(boolean labelled, boolean managed, Said said) {
    return new NodeView.Here(labelled, managed, said, true);
  }

  private static void check(NodeView view, NodeStep expected) {
    assertThat(NodeStep.next(view)).isEqualTo(expected);
  }
}
