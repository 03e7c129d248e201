package dev.moorage.nodeagent.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.PluginSockets.PluginInfo;
import dev.moorage.csi.Topology;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Node;
import dev.moorage.kube.Tree;
import dev.moorage.nodeagent.registration.PluginView.Entry;
import dev.moorage.nodeagent.registration.PluginView.Known;
import dev.moorage.nodeagent.registration.PluginView.OnApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PluginStepTest {
  private static final PluginInfo INFO = plugin("1.0.0");
  private static final NodeGetInfo.Answer ABOUT =
      new NodeGetInfo.Answer(new NodeId("n1"), 0, new Topology(Map.of("t/node", "n1")));

  @Test
  void a_new_socket_is_dialled_then_its_driver_described() {
    check(true, new Known.Not(), OnApi.NOTHING, new PluginStep.Dial());
    check(true, new Known.Dialled(INFO), OnApi.NOTHING, new PluginStep.DescribeDriver(INFO));
  }

  @Test
  void plugins_of_other_types_and_versions_are_refused() {
    refused(new PluginInfo("DevicePlugin", "d", "/e", List.of("1.0.0")), "plugin type");
    refused(new PluginInfo("CSIPlugin", "", "/e", List.of("1.0.0")), "no name");
    refused(plugin("0.3.0"), "not supported");
    refused(plugin("2.0.0"), "not supported");
    assertThat(PluginStep.next(new PluginView(true, new Known.Dialled(INFO), true, OnApi.NOTHING)))
        .isInstanceOf(PluginStep.Refuse.class);
  }

  @Test
  void a_described_driver_is_recorded_on_node_and_csi_node_and_then_reported() {
    var known = described(false);
    check(true, known, OnApi.NOTHING, new PluginStep.Nothing("waits for the Node object"));
    check(true, known, api("", false, Entry.NO_OBJECT), new PluginStep.RecordOnNode());
    check(true, known, api("", true, Entry.FOREIGN), new PluginStep.DropForeignCsiNode());
    check(true, known, api("", true, Entry.NO_OBJECT), new PluginStep.RecordOnCsiNode());
    check(true, known, api("", true, Entry.MISSING_OR_DIFFERENT), new PluginStep.RecordOnCsiNode());
    check(true, known, api("", true, Entry.SAME), new PluginStep.ReportRegistered());
    check(true, described(true), api("", true, Entry.SAME), new PluginStep.Nothing("registered"));
  }

  @Test
  void what_others_take_away_is_written_again() {
    check(true, described(true), api("", false, Entry.SAME), new PluginStep.RecordOnNode());
    check(true, described(true), api("", true, Entry.NO_OBJECT), new PluginStep.RecordOnCsiNode());
  }

  @Test
  void a_topology_that_contradicts_the_node_s_labels_is_refused() {
    check(
        true,
        described(false),
        api("collision!", false, Entry.SAME),
        new PluginStep.Refuse("collision!"));
  }

  @Test
  void a_driver_without_a_node_id_is_refused() {
    var nameless = new NodeGetInfo.Answer(new NodeId(""), 0, Topology.NONE);
    assertThat(
            PluginStep.next(
                new PluginView(
                    true,
                    new Known.Described(INFO, nameless, false, false),
                    false,
                    api("", false, Entry.SAME))))
        .isInstanceOf(PluginStep.Refuse.class);
  }

  @Test
  void a_driver_that_may_be_another_process_is_dialled_again() {
    check(
        true,
        new Known.Described(INFO, ABOUT, true, true),
        api("", true, Entry.SAME),
        new PluginStep.Dial());
  }

  @Test
  void without_its_socket_a_driver_is_deregistered() {
    check(false, described(true), OnApi.NOTHING, new PluginStep.Deregister("d.example"));
    check(false, new Known.Dialled(INFO), OnApi.NOTHING, new PluginStep.Deregister("d.example"));
    assertThat(PluginStep.next(new PluginView(false, new Known.Not(), false, OnApi.NOTHING)))
        .isInstanceOf(PluginStep.Nothing.class);
  }

  @Test
  void facts_of_the_api_are_read_from_node_and_csi_node() {
    var node = node(Map.of("t/node", "n1"), "{\"d.example\":\"n1\"}");
    var wanted = new CsiNode.Driver("d.example", "n1", List.of("t/node"), 0);
    assertThat(PluginView.wanted("d.example", ABOUT)).isEqualTo(wanted);
    assertThat(PluginView.onApi("d.example", ABOUT, Optional.empty(), Optional.empty()))
        .isEqualTo(OnApi.NOTHING);
    assertThat(PluginView.onApi("d.example", ABOUT, Optional.of(node), Optional.empty()))
        .isEqualTo(api("", true, Entry.NO_OBJECT));
    assertThat(
            PluginView.onApi(
                "d.example", ABOUT, Optional.of(node(Map.of(), "")), Optional.of(csiNode("u1"))))
        .isEqualTo(api("", false, Entry.SAME));
    assertThat(PluginView.onApi("d.example", ABOUT, Optional.of(node), Optional.of(csiNode("u0"))))
        .isEqualTo(api("", true, Entry.FOREIGN));
    assertThat(
            PluginView.onApi(
                    "d.example",
                    ABOUT,
                    Optional.of(node(Map.of("t/node", "x"), "")),
                    Optional.empty())
                .collision())
        .contains("t/node", "\"x\"", "\"n1\"");
  }

  @Test
  void the_highest_version_of_major_one_counts() {
    assertThat(CsiVersion.highest(List.of("0.3.0", "1.2.0", "1.13.0", "2.0.0", "rubbish")))
        .hasValue(new CsiVersion(1, 13, 0));
    assertThat(CsiVersion.highest(List.of("v1.0"))).hasValue(new CsiVersion(1, 0, 0));
    assertThat(CsiVersion.highest(List.of())).isEmpty();
  }

  private static void check(boolean socket, Known known, OnApi api, PluginStep expected) {
    assertThat(PluginStep.next(new PluginView(socket, known, false, api))).isEqualTo(expected);
  }

  private static void refused(PluginInfo info, String why) {
    assertThat(PluginStep.next(new PluginView(true, new Known.Dialled(info), false, OnApi.NOTHING)))
        .isInstanceOfSatisfying(
            PluginStep.Refuse.class, refuse -> assertThat(refuse.why()).contains(why));
  }

  private static Known described(boolean reported) {
    return new Known.Described(INFO, ABOUT, reported, false);
  }

  private static OnApi api(String collision, boolean onNode, Entry entry) {
    return new OnApi(true, collision, onNode, entry);
  }

  private static PluginInfo plugin(String version) {
    return new PluginInfo("CSIPlugin", "d.example", "/e.sock", List.of(version));
  }

  private static Node node(Map<String, String> labels, String ids) {
    return Node.of(
        Tree.object(
            "metadata",
            Tree.object(
                "name",
                "n1",
                "uid",
                "u1",
                "labels",
                Tree.texts(labels),
                "annotations",
                Tree.object("csi.volume.kubernetes.io/nodeid", ids))));
  }

  private static CsiNode csiNode(String ownerUid) {
    return CsiNode.of(
        Tree.object(
            "metadata",
            Tree.object(
                "name",
                "n1",
                "ownerReferences",
                Tree.list(List.of(Tree.object("kind", "Node", "name", "n1", "uid", ownerUid)))),
            "spec",
            Tree.object(
                "drivers",
                Tree.list(
                    List.of(
                        Tree.object(
                            "name",
                            "d.example",
                            "nodeID",
                            "n1",
                            "topologyKeys",
                            Tree.texts(List.of("t/node"))))))));
  }
}
