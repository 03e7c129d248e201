package dev.moorage.controlplane.attachdetach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.controlplane.Objects;
import dev.moorage.controlplane.attachdetach.AttachView.AttachmentFact;
import dev.moorage.controlplane.attachdetach.AttachView.Health;
import dev.moorage.controlplane.attachdetach.AttachView.NodeFact;
import dev.moorage.kube.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttachStepTest {
  private static final Duration FORCE_AFTER = Duration.ofMinutes(6);
  private static final List<Pod> WANTED = List.of(Objects.pod().view());
  private static final List<Pod> NOT_WANTED = List.of();
  private static final AttachmentFact NONE = new AttachmentFact.None();
  private static final AttachmentFact PENDING = new AttachmentFact.Pending("");
  private static final AttachmentFact ATTACHED = new AttachmentFact.Attached();
  private static final AttachmentFact DETACHING = new AttachmentFact.Detaching("");
  private static final Health READY = new Health.Ready();

  @Test
  void a_wanted_volume_is_attached_then_reported() {
    check(WANTED, node(false, false), NONE, new AttachStep.CreateAttachment());
    check(WANTED, node(false, false), PENDING, nothing("the attacher has the next move"));
    check(WANTED, node(false, false), ATTACHED, new AttachStep.ReportAttached());
    check(WANTED, node(false, true), ATTACHED, nothing("attached and reported"));
    check(WANTED, node(true, true), ATTACHED, nothing("attached and reported"));
  }

  @Test
  void what_is_reported_but_not_attached_is_withdrawn() {
    for (var attachment : List.of(NONE, PENDING, DETACHING)) {
      check(WANTED, node(true, true), attachment, new AttachStep.WithdrawReport());
    }
    check(WANTED, node(true, false), DETACHING, nothing("waits until it is detached"));
  }

  @Test
  void a_failed_attach_is_told() {
    check(
        WANTED,
        node(false, false),
        new AttachmentFact.Pending("no such image"),
        new AttachStep.TellFailure("no such image"));
  }

  @Test
  void an_unwanted_volume_is_withdrawn_before_it_is_detached() {
    check(NOT_WANTED, node(false, true), ATTACHED, new AttachStep.WithdrawReport());
    check(NOT_WANTED, node(false, false), ATTACHED, new AttachStep.DeleteAttachment(false));
    check(NOT_WANTED, node(false, false), PENDING, new AttachStep.DeleteAttachment(false));
    check(NOT_WANTED, node(false, false), DETACHING, nothing("the attacher has the next move"));
    check(NOT_WANTED, node(false, true), NONE, new AttachStep.WithdrawReport());
    check(NOT_WANTED, node(false, false), NONE, nothing("not wanted, not attached"));
  }

  @Test
  void a_volume_in_use_stays_until_the_node_lets_go_or_is_gone_for_long() {
    check(NOT_WANTED, node(true, true), ATTACHED, nothing("node still uses the volume"));
    check(
        NOT_WANTED,
        node(new Health.NotReady(Duration.ofMinutes(2))),
        ATTACHED,
        new AttachStep.WaitForForce(Duration.ofMinutes(4)));
    check(
        NOT_WANTED,
        node(new Health.NotReady(Duration.ofMinutes(6))),
        ATTACHED,
        new AttachStep.DeleteAttachment(true));
    check(
        NOT_WANTED,
        node(new Health.OutOfService()),
        ATTACHED,
        new AttachStep.DeleteAttachment(true));
  }

  @Test
  void a_node_that_is_gone_uses_nothing() {
    check(NOT_WANTED, new NodeFact.Gone(), ATTACHED, new AttachStep.DeleteAttachment(false));
    check(WANTED, new NodeFact.Gone(), PENDING, new AttachStep.DeleteAttachment(false));
    check(WANTED, new NodeFact.Gone(), NONE, nothing("node is gone"));
  }

  @Test
  void a_node_that_attaches_by_itself_is_left_alone() {
    var node = new NodeFact.There(false, false, false, READY);
    check(WANTED, node, NONE, nothing("the node attaches by itself"));
  }

  @Test
  void an_exclusive_volume_waits_until_the_other_node_has_let_go() {
    var there = List.of("node-b");
    check(view(NONE, true, there), new AttachStep.RefuseSecondNode());
    check(view(NONE, false, there), new AttachStep.CreateAttachment());
    check(view(NONE, true, List.of()), new AttachStep.CreateAttachment());
    check(view(ATTACHED, true, there), new AttachStep.ReportAttached());
  }

  @Test
  void names_are_those_of_kubernetes() {
    var volume = Objects.volume("pv-1").view();
    assertThat(UniqueName.of(volume)).isEqualTo("kubernetes.io/csi/loop.moorage.dev^handle-pv-1");
    assertThat(UniqueName.attachment(volume, "node-a")).hasSize(68).matches("csi-[0-9a-f]{64}");
  }

  private static NodeFact node(boolean inUse, boolean reported) {
    return new NodeFact.There(true, inUse, reported, READY);
  }

  private static NodeFact node(Health health) {
    return new NodeFact.There(true, true, false, health);
  }

  private static AttachStep nothing(String why) {
    return new AttachStep.Nothing(why);
  }

  private static AttachView view(
      AttachmentFact attachment, boolean exclusive, List<String> elsewhere) {
    return new AttachView(WANTED, node(false, false), attachment, exclusive, elsewhere, List.of());
  }

  private static void check(
      List<Pod> wanting, NodeFact node, AttachmentFact attachment, AttachStep expected) {
    check(new AttachView(wanting, node, attachment, true, List.of(), List.of()), expected);
  }

  private static void check(AttachView view, AttachStep expected) {
    assertThat(AttachStep.next(view, FORCE_AFTER)).isEqualTo(expected);
  }
}
