package dev.moorage.sidecars.provisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Tree;
import dev.moorage.sidecars.Given;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VolumeTreeTest {
  private static final PersistentVolumeClaim CLAIM = PersistentVolumeClaim.of(Given.claim());

  @Test
  void a_volume_is_recorded_with_all_that_it_needs() {
    var read = PersistentVolume.of(tree(ClaimStepTest.INTENT, place("n1")));

    assertThat(read.meta().name()).isEqualTo("pvc-c-1");
    assertThat(read.meta().finalizers())
        .containsExactly("external-provisioner.volume.kubernetes.io/finalizer");
    assertThat(read.meta().annotations())
        .containsOnly(
            Map.entry("pv.kubernetes.io/provisioned-by", Given.DRIVER),
            Map.entry("volume.kubernetes.io/provisioner-deletion-secret-name", ""),
            Map.entry("volume.kubernetes.io/provisioner-deletion-secret-namespace", ""));
    assertThat(read.capacity()).isEqualTo(Bytes.gibi(1));
    assertThat(read.accessModes()).containsExactly("ReadWriteOnce");
    assertThat(read.reclaimPolicy()).isEqualTo("Delete");
    assertThat(read.className()).isEqualTo("fast");
    assertThat(read.block()).isFalse();
    assertThat(read.claim().names(CLAIM.meta())).isTrue();
    assertThat(read.mountOptions()).containsExactly("noatime");
    assertThat(read.csi().driver()).isEqualTo(Given.DRIVER);
    assertThat(read.csi().handle()).isEqualTo("h-1");
    assertThat(read.csi().fsType()).isEqualTo("xfs");
    assertThat(read.csi().attributes())
        .containsEntry("pool", "a")
        .containsKey("storage.kubernetes.io/csiProvisionerIdentity");
    assertThat(tree(ClaimStepTest.INTENT, place("n1")).text("spec", "claimRef", "kind"))
        .isEqualTo("PersistentVolumeClaim");
    assertThat(read.affinity()).containsExactly(Map.of("node", List.of("n1")));
  }

  @Test
  void secrets_go_where_they_are_needed() {
    var before = ClaimStepTest.INTENT;
    var secrets = new TreeMap<SecretRole, ObjectKey>();
    for (SecretRole role : SecretRole.values()) secrets.put(role, new ObjectKey("ns", role.word()));
    var intent =
        new Intent(
            before.origin(), before.shape(), before.parameters(), before.accessibility(), secrets);

    var tree = tree(intent, Topology.NONE);
    assertThat(PersistentVolume.of(tree).csi().secretRefs())
        .containsOnly(
            Map.entry("controllerPublishSecretRef", new ObjectKey("ns", "controller-publish")),
            Map.entry("nodeStageSecretRef", new ObjectKey("ns", "node-stage")),
            Map.entry("nodePublishSecretRef", new ObjectKey("ns", "node-publish")),
            Map.entry("controllerExpandSecretRef", new ObjectKey("ns", "controller-expand")),
            Map.entry("nodeExpandSecretRef", new ObjectKey("ns", "node-expand")));
    assertThat(PersistentVolume.of(tree).meta().annotations())
        .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-name", "provisioner")
        .containsEntry("volume.kubernetes.io/provisioner-deletion-secret-namespace", "ns")
        .containsEntry("volume.kubernetes.io/controller-modify-secret-name", "controller-modify");
  }

  @Test
  void a_volume_that_every_node_reaches_has_no_affinity() {
    assertThat(tree(ClaimStepTest.INTENT, Topology.NONE).at("spec", "nodeAffinity").isNothing())
        .isTrue();
  }

  private static Topology place(String node) {
    return new Topology(Map.of("node", node));
  }

  private static Tree tree(Intent intent, Topology place) {
    var volume =
        new Volume(
            new VolumeId("h-1"),
            Bytes.gibi(1),
            Map.of("pool", "a"),
            new ContentSource.Empty(),
            List.of(place));
    return VolumeTree.of(CLAIM, intent, volume, "n1");
  }
}
