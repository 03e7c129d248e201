package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Secret;
import dev.moorage.kube.Pod.VolumeMount;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Views read real objects, and objects in which everything is left out.
class ViewsTest {

  private static Tree object(Object... namesAndTrees) {
    return Tree.object(namesAndTrees)
        .with(Tree.object("namespace", "team", "name", "x"), "metadata");
  }

  private static Tree list(Tree... items) {
    return Tree.list(List.of(items));
  }

  private static Tree texts(String... texts) {
    return Tree.texts(List.of(texts));
  }

  @Test
  void every_kind_reads_an_object_without_anything() {
    for (Kind<?> kind : Kinds.ALL)
      assertThat(kind.read(object()).meta().name()).as(kind.name()).isEqualTo("x");
  }

  // Claims

  @Test
  void a_claim_that_is_growing() {
    var claim =
        PersistentVolumeClaim.of(
            object(
                "spec",
                Tree.object(
                    "accessModes",
                    texts("ReadWriteOnce"),
                    "storageClassName",
                    "fast",
                    "resources",
                    Tree.object("requests", Tree.object("storage", "2Gi")),
                    "volumeMode",
                    "Filesystem",
                    "volumeName",
                    "pvc-1"),
                "status",
                Tree.object(
                    "phase",
                    "Bound",
                    "capacity",
                    Tree.object("storage", "1Gi"),
                    "allocatedResources",
                    Tree.object("storage", "2Gi"),
                    "allocatedResourceStatuses",
                    Tree.object("storage", "NodeResizePending"),
                    "conditions",
                    list(
                        Tree.object("type", "FileSystemResizePending", "status", "True"),
                        Tree.object("type", "Resizing", "status", "False")))));
    assertThat(claim.key()).isEqualTo(new ObjectKey("team", "x"));
    assertThat(claim.bound()).isTrue();
    assertThat(claim.className()).isEqualTo("fast");
    assertThat(claim.requested()).isEqualTo(Bytes.gibi(2));
    assertThat(claim.capacity()).isEqualTo(Bytes.gibi(1));
    assertThat(claim.allocated()).isEqualTo(Bytes.gibi(2));
    assertThat(claim.allocatedStatus()).isEqualTo("NodeResizePending");
    assertThat(claim.conditions()).containsExactly("FileSystemResizePending");
    assertThat(claim.block()).isFalse();
    assertThat(claim.volumeName()).isEqualTo("pvc-1");
  }

  @Test
  void no_class_an_empty_class_and_the_old_annotation_differ() {
    var none = PersistentVolumeClaim.of(object("spec", Tree.empty()));
    assertThat(none.classSet()).isFalse();
    var empty = PersistentVolumeClaim.of(object("spec", Tree.object("storageClassName", "")));
    assertThat(empty.classSet()).isTrue();
    assertThat(empty.className()).isEmpty();
    var annotated =
        PersistentVolumeClaim.of(
            object("spec", Tree.object("storageClassName", "fast"))
                .with(
                    Tree.of("old"),
                    "metadata",
                    "annotations",
                    "volume.beta.kubernetes.io/storage-class"));
    assertThat(annotated.className()).isEqualTo("old");
    assertThat(annotated.classSet()).isTrue();
  }

  @Test
  void a_claim_may_name_a_data_source_or_a_selector() {
    var plain = PersistentVolumeClaim.of(object("spec", Tree.object("dataSource", Tree.nothing())));
    assertThat(plain.hasDataSource()).isFalse();
    assertThat(plain.hasSelector()).isFalse();
    for (String field : List.of("dataSource", "dataSourceRef"))
      assertThat(
              PersistentVolumeClaim.of(
                      object("spec", Tree.object(field, Tree.object("name", "snap"))))
                  .hasDataSource())
          .isTrue();
    assertThat(
            PersistentVolumeClaim.of(object("spec", Tree.object("selector", Tree.empty())))
                .hasSelector())
        .isTrue();
  }

  // Volumes

  private static final Tree VOLUME =
      object(
          "spec",
          Tree.object(
              "capacity",
              Tree.object("storage", "1Gi"),
              "accessModes",
              texts("ReadWriteOnce"),
              "persistentVolumeReclaimPolicy",
              "Delete",
              "storageClassName",
              "fast",
              "volumeMode",
              "Block",
              "mountOptions",
              texts("noatime"),
              "claimRef",
              Tree.object("namespace", "team", "name", "data", "uid", "u-1"),
              "csi",
              Tree.object(
                  "driver",
                  "loop.test",
                  "volumeHandle",
                  "h-1",
                  "fsType",
                  "xfs",
                  "readOnly",
                  true,
                  "volumeAttributes",
                  Tree.object("pool", "a"),
                  "nodeStageSecretRef",
                  Tree.object("namespace", "kube-system", "name", "key"),
                  "nodePublishSecretRef",
                  Tree.object("name", "")),
              "nodeAffinity",
              Tree.object(
                  "required",
                  Tree.object(
                      "nodeSelectorTerms", list(term("zone", "a", "b"), term("host", "node-9"))))),
          "status",
          Tree.object("phase", "Bound"));

  private static Tree term(String key, String... values) {
    return Tree.object(
        "matchExpressions",
        list(Tree.object("key", key, "operator", "In", "values", texts(values))));
  }

  @Test
  void a_volume_of_a_csi_driver() {
    var volume = PersistentVolume.of(VOLUME);
    assertThat(volume.capacity()).isEqualTo(Bytes.gibi(1));
    assertThat(volume.accessModes()).containsExactly("ReadWriteOnce");
    assertThat(volume.reclaimPolicy()).isEqualTo("Delete");
    assertThat(volume.className()).isEqualTo("fast");
    assertThat(volume.block()).isTrue();
    assertThat(volume.mountOptions()).containsExactly("noatime");
    assertThat(volume.phase()).isEqualTo("Bound");
    assertThat(volume.claim()).isEqualTo(new ClaimReference("team", "data", "u-1"));
    assertThat(volume.csi())
        .isEqualTo(
            new CsiSource(
                "loop.test",
                "h-1",
                "xfs",
                true,
                Map.of("pool", "a"),
                Map.of("nodeStageSecretRef", new ObjectKey("kube-system", "key"))));
    assertThat(volume.csi().secret("nodeStageSecretRef")).isPresent();
    assertThat(volume.csi().secret("nodePublishSecretRef")).isEmpty();
  }

  @Test
  void a_volume_is_reachable_where_one_term_holds() {
    var volume = PersistentVolume.of(VOLUME);
    assertThat(volume.reachableFrom(Map.of("zone", "b"))).isTrue();
    assertThat(volume.reachableFrom(Map.of("zone", "c", "host", "node-9"))).isTrue();
    assertThat(volume.reachableFrom(Map.of("zone", "c"))).isFalse();
    assertThat(volume.reachableFrom(Map.of())).isFalse();
    assertThat(PersistentVolume.of(object()).reachableFrom(Map.of())).isTrue();
  }

  @Test
  void a_claim_reference_names_the_claim_of_its_uid_or_any_of_its_name() {
    var claim = Meta.of(object().with(Tree.of("u-1"), "metadata", "uid"));
    assertThat(new ClaimReference("team", "x", "u-1").names(claim)).isTrue();
    assertThat(new ClaimReference("team", "x", "").names(claim)).isTrue();
    assertThat(new ClaimReference("team", "x", "u-2").names(claim)).isFalse();
    assertThat(new ClaimReference("other", "x", "u-1").names(claim)).isFalse();
    assertThat(PersistentVolume.of(object()).claim().set()).isFalse();
  }

  @Test
  void an_attachment_with_its_publish_context() {
    var attachment =
        VolumeAttachment.of(
            object(
                "spec",
                Tree.object(
                    "attacher",
                    "loop.test",
                    "nodeName",
                    "node-1",
                    "source",
                    Tree.object("persistentVolumeName", "pvc-1")),
                "status",
                Tree.object(
                    "attached",
                    true,
                    "attachmentMetadata",
                    Tree.object("device", "7"),
                    "detachError",
                    Tree.object("message", "busy"))));
    assertThat(attachment.attacher()).isEqualTo("loop.test");
    assertThat(attachment.nodeName()).isEqualTo("node-1");
    assertThat(attachment.volumeName()).isEqualTo("pvc-1");
    assertThat(attachment.attached()).isTrue();
    assertThat(attachment.publishContext()).isEqualTo(Map.of("device", "7"));
    assertThat(attachment.attachError()).isEmpty();
    assertThat(attachment.detachError()).isEqualTo("busy");
  }

  // Pods and nodes

  @Test
  void a_pod_with_volumes_and_a_command() {
    var pod =
        Pod.of(
            object(
                    "spec",
                    Tree.object(
                        "nodeName",
                        "node-1",
                        "restartPolicy",
                        "Never",
                        "volumes",
                        list(
                            Tree.object(
                                "name",
                                "data",
                                "persistentVolumeClaim",
                                Tree.object("claimName", "claim-1", "readOnly", true)),
                            Tree.object("emptyDir", Tree.empty(), "name", "tmp")),
                        "containers",
                        list(
                            Tree.object(
                                "name",
                                "main",
                                "image",
                                "busybox",
                                "command",
                                texts("/bin/sh", "-c"),
                                "args",
                                texts("sleep 1"),
                                "env",
                                list(Tree.object("name", "A", "value", "1")),
                                "volumeMounts",
                                list(Tree.object("name", "data", "mountPath", "/data")),
                                "volumeDevices",
                                list(Tree.object("name", "raw", "devicePath", "/dev/x"))))),
                    "status",
                    Tree.object("phase", "Succeeded"))
                .with(Tree.of(5), "metadata", "deletionGracePeriodSeconds"));
    assertThat(pod.claims()).containsExactly("claim-1");
    assertThat(pod.volumes())
        .containsExactly(
            new Pod.Volume("data", "persistentVolumeClaim", "claim-1", true),
            new Pod.Volume("tmp", "emptyDir", "", false));
    var container = pod.containers().getFirst();
    assertThat(container.command()).containsExactly("/bin/sh", "-c", "sleep 1");
    assertThat(container.env()).isEqualTo(Map.of("A", "1"));
    assertThat(container.mounts()).containsExactly(new VolumeMount("data", "/data", "", false));
    assertThat(container.devices()).containsExactly("raw");
    assertThat(pod.ended()).isTrue();
    assertThat(pod.graceSeconds()).isEqualTo(30);
    assertThat(pod.deletionGraceSeconds()).isEqualTo(5);
    assertThat(Pod.of(object()).deletionGraceSeconds()).isEqualTo(-1);
  }

  @Test
  void a_node_that_is_cordoned() {
    var node =
        Node.of(
            object(
                "spec",
                Tree.object(
                    "unschedulable",
                    true,
                    "taints",
                    list(
                        Tree.object("key", "cordoned", "effect", "NoSchedule"),
                        Tree.object("key", "slow", "effect", "PreferNoSchedule"),
                        Tree.object("key", "out", "effect", "NoExecute"))),
                "status",
                Tree.object(
                    "conditions",
                    list(
                        Tree.object("type", "DiskPressure", "status", "False"),
                        Tree.object("type", "Ready", "status", "True")),
                    "volumesInUse",
                    texts("kubernetes.io/csi/loop.test^h-1"),
                    "volumesAttached",
                    list(Tree.object("name", "v", "devicePath", "")))));
    assertThat(node.unschedulable()).isTrue();
    assertThat(node.ready()).isTrue();
    assertThat(node.taints()).containsExactly("cordoned", "slow", "out");
    assertThat(node.noScheduleTaints()).containsExactly("cordoned", "out");
    assertThat(node.volumesInUse()).containsExactly("kubernetes.io/csi/loop.test^h-1");
    assertThat(node.volumesAttached()).isEqualTo(Map.of("v", ""));
    assertThat(Node.of(object()).ready()).isFalse();
  }

  @Test
  void the_drivers_of_a_node() {
    var node =
        CsiNode.of(
            object(
                "spec",
                Tree.object(
                    "drivers",
                    list(
                        Tree.object(
                            "name",
                            "loop.test",
                            "nodeID",
                            "n-1",
                            "topologyKeys",
                            texts("topology.loop.test/node"),
                            "allocatable",
                            Tree.object("count", 16))))));
    assertThat(node.driver("loop.test"))
        .contains(new CsiNode.Driver("loop.test", "n-1", List.of("topology.loop.test/node"), 16));
    assertThat(node.driver("other.test")).isEmpty();
  }

  // Drivers and classes

  @Test
  void a_driver_object_has_the_defaults_of_the_api() {
    var plain = CsiDriver.of(object());
    assertThat(plain.attachRequired()).isTrue();
    assertThat(plain.storageCapacity()).isFalse();
    var driver =
        CsiDriver.of(object("spec", Tree.object("attachRequired", false, "storageCapacity", true)));
    assertThat(driver.attachRequired()).isFalse();
    assertThat(driver.storageCapacity()).isTrue();
  }

  @Test
  void a_class_that_waits_for_its_consumer() {
    var fast =
        StorageClass.of(
            object(
                    "provisioner",
                    "loop.test",
                    "parameters",
                    Tree.object("csi.storage.k8s.io/fstype", "xfs"),
                    "reclaimPolicy",
                    "Delete",
                    "volumeBindingMode",
                    "WaitForFirstConsumer",
                    "allowVolumeExpansion",
                    true,
                    "allowedTopologies",
                    list(
                        Tree.object(
                            "matchLabelExpressions",
                            list(Tree.object("key", "zone", "values", texts("a", "b"))))))
                .with(
                    Tree.of("true"),
                    "metadata",
                    "annotations",
                    "storageclass.kubernetes.io/is-default-class"));
    assertThat(fast.provisioner()).isEqualTo("loop.test");
    assertThat(fast.parameters()).isEqualTo(Map.of("csi.storage.k8s.io/fstype", "xfs"));
    assertThat(fast.waitsForConsumer()).isTrue();
    assertThat(fast.allowsExpansion()).isTrue();
    assertThat(fast.isDefault()).isTrue();
    assertThat(fast.allowedTopologies()).containsExactly(Map.of("zone", List.of("a", "b")));
    assertThat(StorageClass.of(object()).allowsExpansion()).isFalse();
  }

  @Test
  void a_capacity_is_the_largest_volume_where_that_is_known() {
    var capacity =
        StorageCapacity.of(
            object(
                "storageClassName",
                "fast",
                "capacity",
                "10Gi",
                "maximumVolumeSize",
                "4Gi",
                "nodeTopology",
                Tree.object("matchLabels", Tree.object("zone", "a"))));
    assertThat(capacity.limit()).isEqualTo(Bytes.gibi(4));
    assertThat(capacity.reachableFrom(Map.of("zone", "a", "host", "h"))).isTrue();
    assertThat(capacity.reachableFrom(Map.of("zone", "b"))).isFalse();
    var plain = StorageCapacity.of(object("capacity", "10Gi"));
    assertThat(plain.limit()).isEqualTo(Bytes.gibi(10));
    assertThat(plain.reachableFrom(Map.of())).as("no topology, no access").isFalse();
    var everywhere = StorageCapacity.of(object("nodeTopology", Tree.empty()));
    assertThat(everywhere.reachableFrom(Map.of())).isTrue();
  }

  @Test
  void a_secret_is_decoded_and_cannot_be_printed() {
    var secret =
        SecretObject.of(object("data", Tree.object("key", "Z2VoZWlt", "broken", "?", "empty", "")));
    assertThat(secret.data())
        .isEqualTo(
            Map.of("key", new Secret("geheim"), "broken", new Secret(""), "empty", new Secret("")));
    assertThat(secret.toString()).doesNotContain("geheim", "Z2VoZWlt");
  }

  @Test
  void an_event_about_a_claim() {
    var event =
        Event.of(
            object(
                "involvedObject",
                Tree.object("kind", "PersistentVolumeClaim", "namespace", "team", "name", "data"),
                "type",
                "Warning",
                "reason",
                "ProvisioningFailed",
                "source",
                Tree.object("component", "loop.test"),
                "count",
                3));
    assertThat(event.aboutKind()).isEqualTo("PersistentVolumeClaim");
    assertThat(event.aboutName()).isEqualTo("data");
    assertThat(event.reason()).isEqualTo("ProvisioningFailed");
    assertThat(event.source()).isEqualTo("loop.test");
    assertThat(event.count()).isEqualTo(3);
    assertThat(Event.of(object()).count()).isEqualTo(1);
  }

  // Kinds

  @Test
  void kinds_have_their_names_in_the_api() {
    assertThat(Kinds.CLAIM.apiVersion()).isEqualTo("v1");
    assertThat(Kinds.CLAIM.resource()).isEqualTo("persistentvolumeclaims");
    assertThat(Kinds.ATTACHMENT.apiVersion()).isEqualTo("storage.k8s.io/v1");
    assertThat(Kinds.ATTACHMENT.resource()).isEqualTo("volumeattachments.storage.k8s.io");
    assertThat(Kinds.CAPACITY.namespaced()).isTrue();
    assertThat(Kinds.CLAIM.sameAs(Kinds.CLAIM.raw())).isTrue();
    assertThat(Kinds.CLAIM.sameAs(Kinds.VOLUME)).isFalse();
    var resources = new HashSet<String>();
    for (Kind<?> kind : Kinds.ALL) assertThat(resources.add(kind.resource())).isTrue();
  }

  @Test
  void a_kind_can_be_read_as_trees() {
    var tree = object("spec", Tree.object("anything", 1));
    assertThat(Kinds.CLAIM.raw().read(tree).tree()).isEqualTo(tree);
  }
}
