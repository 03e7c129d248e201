package dev.moorage.sidecars;

import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.KnownDriver;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Node;
import dev.moorage.kube.Tree;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Objects that tests are given, as trees to be changed and read.
public final class Given {
  private Given() {}

  /// The driver's name.
  public static final String DRIVER = "loop.example.org";

  /// A driver that can create, attach, expand, and knows topology.
  public static KnownDriver.Facts driver() {
    return new KnownDriver.Facts(
        DRIVER,
        Set.of(
            GetPluginCapabilities.Capability.CONTROLLER_SERVICE,
            GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS),
        Set.of(
            ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME,
            ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME,
            ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER,
            ControllerGetCapabilities.Capability.EXPAND_VOLUME,
            ControllerGetCapabilities.Capability.GET_CAPACITY));
  }

  /// A driver with a controller service that can do nothing but this.
  public static KnownDriver.Facts driver(ControllerGetCapabilities.Capability... capabilities) {
    return new KnownDriver.Facts(
        DRIVER, Set.of(GetPluginCapabilities.Capability.CONTROLLER_SERVICE), Set.of(capabilities));
  }

  /// A claim `default/data` of class `fast` for 1Gi, that asks for our driver on node `n1`.
  public static Tree claim() {
    return Tree.object(
        "metadata",
        meta("default", "data", "c-1")
            .with(
                Tree.texts(
                    Map.of(
                        "volume.kubernetes.io/storage-provisioner",
                        DRIVER,
                        "volume.kubernetes.io/selected-node",
                        "n1")),
                "annotations"),
        "spec",
        Tree.object(
            "accessModes",
            Tree.texts(List.of("ReadWriteOnce")),
            "storageClassName",
            "fast",
            "volumeMode",
            "Filesystem",
            "resources",
            Tree.object("requests", Tree.object("storage", "1Gi"))),
        "status",
        Tree.object("phase", "Pending"));
  }

  /// A class `fast` of our driver that waits for its first consumer.
  public static Tree storageClass() {
    return Tree.object(
        "metadata",
        meta("", "fast", "s-1"),
        "provisioner",
        DRIVER,
        "parameters",
        Tree.texts(Map.of("csi.storage.k8s.io/fstype", "xfs", "label", "data")),
        "reclaimPolicy",
        "Delete",
        "volumeBindingMode",
        "WaitForFirstConsumer",
        "mountOptions",
        Tree.texts(List.of("noatime")));
  }

  /// The claim's volume `pvc-c-1` of 1Gi, bound, on node `n1`.
  public static Tree volume() {
    return Tree.object(
        "metadata",
        meta("", "pvc-c-1", "v-1")
            .with(Tree.texts(Map.of("pv.kubernetes.io/provisioned-by", DRIVER)), "annotations")
            .with(
                Tree.texts(List.of("external-provisioner.volume.kubernetes.io/finalizer")),
                "finalizers"),
        "spec",
        Tree.object(
            "accessModes",
            Tree.texts(List.of("ReadWriteOnce")),
            "capacity",
            Tree.object("storage", "1Gi"),
            "claimRef",
            Tree.object("namespace", "default", "name", "data", "uid", "c-1"),
            "csi",
            Tree.object("driver", DRIVER, "volumeHandle", "h-1", "fsType", "xfs"),
            "persistentVolumeReclaimPolicy",
            "Delete",
            "storageClassName",
            "fast"),
        "status",
        Tree.object("phase", "Bound"));
  }

  /// An attachment `csi-1` of that volume to node `n1`.
  public static Tree attachment() {
    return Tree.object(
        "metadata",
        meta("", "csi-1", "a-1"),
        "spec",
        Tree.object(
            "attacher",
            DRIVER,
            "nodeName",
            "n1",
            "source",
            Tree.object("persistentVolumeName", "pvc-c-1")));
  }

  /// A node with labels.
  public static Node node(String name, Map<String, String> labels) {
    return Node.of(
        Tree.object("metadata", meta("", name, name).with(Tree.texts(labels), "labels")));
  }

  /// A node's registered driver with topology keys.
  public static CsiNode csiNode(String name, String... keys) {
    return CsiNode.of(
        Tree.object(
            "metadata",
            meta("", name, name),
            "spec",
            Tree.object(
                "drivers",
                Tree.list(
                    List.of(
                        Tree.object(
                            "name",
                            DRIVER,
                            "nodeID",
                            "id-" + name,
                            "topologyKeys",
                            Tree.texts(List.of(keys))))))));
  }

  /// The same object, being deleted.
  public static Tree deleting(Tree object) {
    return object.with(Tree.of("2026-01-01T00:00:00Z"), "metadata", "deletionTimestamp");
  }

  private static Tree meta(String namespace, String name, String uid) {
    var meta = Tree.object("name", name, "uid", uid, "resourceVersion", "7");
    return namespace.isEmpty() ? meta : meta.with(Tree.of(namespace), "namespace");
  }
}
