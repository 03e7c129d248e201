package dev.moorage.nodeagent.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Tree;
import dev.moorage.kube.VolumeAttachment;
import dev.moorage.nodeagent.volumes.VolumeView.Attachment;
import dev.moorage.nodeagent.volumes.VolumeView.Growth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolumeFactsTest {

  @Test
  void without_progress_a_volume_larger_than_its_claim_owes_growth() {
    assertThat(VolumeFacts.growth(claim("1Gi", "", ""), volume("2Gi")))
        .isEqualTo(new Growth.Due(Bytes.gibi(2)));
    assertThat(VolumeFacts.growth(claim("2Gi", "", ""), volume("2Gi")))
        .isEqualTo(new Growth.None());
    assertThat(VolumeFacts.growth(claim("", "", ""), volume("2Gi"))).isEqualTo(new Growth.None());
  }

  @Test
  void with_progress_only_the_node_s_own_states_count() {
    assertThat(VolumeFacts.growth(claim("1Gi", "2Gi", "NodeResizePending"), volume("2Gi")))
        .isEqualTo(new Growth.Pending(Bytes.gibi(2)));
    assertThat(VolumeFacts.growth(claim("1Gi", "2Gi", "NodeResizeInProgress"), volume("3Gi")))
        .isEqualTo(new Growth.Due(Bytes.gibi(2)));
    for (String status :
        List.of(
            "", "ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInfeasible"))
      assertThat(VolumeFacts.growth(claim("1Gi", "2Gi", status), volume("2Gi")))
          .as(status)
          .isEqualTo(new Growth.None());
  }

  @Test
  void an_attachment_is_ready_when_it_says_so_and_the_node_lists_it() {
    assertThat(VolumeFacts.attachment(true, Optional.empty()))
        .isEqualTo(new Attachment.Waiting("no VolumeAttachment yet"));
    assertThat(VolumeFacts.attachment(true, Optional.of(attachment(false, ""))))
        .isEqualTo(new Attachment.Waiting("the VolumeAttachment is not attached yet"));
    assertThat(VolumeFacts.attachment(true, Optional.of(attachment(false, "no room"))))
        .isEqualTo(new Attachment.Waiting("attaching failed: no room"));
    assertThat(VolumeFacts.attachment(false, Optional.of(attachment(true, ""))))
        .isEqualTo(new Attachment.Waiting("the node's status does not list it as attached yet"));
    assertThat(VolumeFacts.attachment(true, Optional.of(attachment(true, ""))))
        .isEqualTo(new Attachment.Ready(Map.of("device", "x")));
  }

  @Test
  void a_volume_for_other_nodes_is_refused_with_the_reason() {
    var elsewhere =
        PersistentVolume.of(
            tree("2Gi")
                .with(
                    Tree.list(
                        List.of(
                            Tree.object(
                                "matchExpressions",
                                Tree.list(
                                    List.of(
                                        Tree.object(
                                            "key",
                                            "zone",
                                            "operator",
                                            "In",
                                            "values",
                                            Tree.texts(List.of("a")))))))),
                    "spec",
                    "nodeAffinity",
                    "required",
                    "nodeSelectorTerms"));
    assertThat(VolumeFacts.problem(elsewhere, Optional.empty(), Optional.empty()))
        .contains("node affinity");
    assertThat(VolumeFacts.problem(volume("2Gi"), Optional.empty(), Optional.empty())).isEmpty();
  }

  private static PersistentVolumeClaim claim(String capacity, String allocated, String status) {
    var tree = Tree.object("metadata", Tree.object("name", "c", "namespace", "demo"));
    if (!capacity.isEmpty()) tree = tree.with(Tree.of(capacity), "status", "capacity", "storage");
    if (!allocated.isEmpty())
      tree = tree.with(Tree.of(allocated), "status", "allocatedResources", "storage");
    if (!status.isEmpty())
      tree = tree.with(Tree.of(status), "status", "allocatedResourceStatuses", "storage");
    return Kinds.CLAIM.read(tree);
  }

  private static PersistentVolume volume(String capacity) {
    return PersistentVolume.of(tree(capacity));
  }

  private static Tree tree(String capacity) {
    return Tree.object("metadata", Tree.object("name", "pv"))
        .with(Tree.of(capacity), "spec", "capacity", "storage")
        .with(Tree.texts(List.of("ReadWriteOnce")), "spec", "accessModes")
        .with(Tree.object("driver", "d", "volumeHandle", "v"), "spec", "csi");
  }

  private static VolumeAttachment attachment(boolean attached, String error) {
    return VolumeAttachment.of(
        Tree.object(
            "metadata",
            Tree.object("name", "va"),
            "status",
            Tree.object(
                "attached",
                attached,
                "attachmentMetadata",
                Tree.object("device", "x"),
                "attachError",
                Tree.object("message", error))));
  }
}
