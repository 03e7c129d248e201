package dev.moorage.stack.stories;

import dev.moorage.base.Bytes;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import java.util.List;

/// The objects that a user writes in the stories.
public final class Manifests {
  private Manifests() {}

  /// The namespace that the stories play in.
  public static final String NAMESPACE = "default";

  /// Where the pod sees its volume.
  public static final String MOUNT_PATH = "/data";

  /// What the pod's process writes into its volume.
  public static final String MESSAGE = "a claim became a directory";

  /// The driver's object, as a driver's installation brings it.
  public static Tree csiDriver(String driver) {
    return Tree.object(
        "apiVersion",
        "storage.k8s.io/v1",
        "kind",
        "CSIDriver",
        "metadata",
        Tree.object("name", driver),
        "spec",
        Tree.object("attachRequired", true, "storageCapacity", true));
  }

  /// A class of xfs volumes that wait for their first pod and may grow.
  public static Tree storageClass(String name, String driver, String label) {
    return Tree.object(
        "apiVersion",
        "storage.k8s.io/v1",
        "kind",
        "StorageClass",
        "metadata",
        Tree.object("name", name),
        "provisioner",
        driver,
        "parameters",
        Tree.object("csi.storage.k8s.io/fstype", "xfs", "label", label),
        "reclaimPolicy",
        "Delete",
        "volumeBindingMode",
        "WaitForFirstConsumer",
        "allowVolumeExpansion",
        true);
  }

  /// A class of volumes that are made as soon as they are claimed.
  public static Tree immediateClass(String name, String driver) {
    return Tree.object(
        "apiVersion",
        "storage.k8s.io/v1",
        "kind",
        "StorageClass",
        "metadata",
        Tree.object("name", name),
        "provisioner",
        driver,
        "reclaimPolicy",
        "Delete",
        "volumeBindingMode",
        "Immediate");
  }

  /// A claim for one node at a time.
  public static Tree claim(String name, String className, Bytes size) {
    return Tree.object(
        "apiVersion",
        "v1",
        "kind",
        "PersistentVolumeClaim",
        "metadata",
        Tree.object("namespace", NAMESPACE, "name", name),
        "spec",
        Tree.object(
            "accessModes",
            Tree.texts(List.of("ReadWriteOnce")),
            "storageClassName",
            className,
            "resources",
            Tree.object("requests", Tree.object("storage", Quantities.text(size)))));
  }

  /// A pod that writes and reads a file in its volume, then notes the volume's size over and over.
  public static Tree pod(String name, List<String> claims) {
    var volumes = claims.stream().map(Manifests::volume).toList();
    var mounts = claims.stream().map(claim -> mount(claim, claims.size() > 1)).toList();
    return Tree.object(
        "apiVersion",
        "v1",
        "kind",
        "Pod",
        "metadata",
        Tree.object("namespace", NAMESPACE, "name", name),
        "spec",
        Tree.object(
            "terminationGracePeriodSeconds",
            5,
            "containers",
            Tree.list(
                List.of(
                    Tree.object(
                        "name",
                        "writer",
                        "image",
                        "moorage.dev/host-usr",
                        "command",
                        Tree.texts(List.of("/bin/sh", "-c", SCRIPT)),
                        "volumeMounts",
                        Tree.list(mounts)))),
            "volumes",
            Tree.list(volumes)));
  }

  private static final String SCRIPT =
      "echo '"
          + MESSAGE
          + "' > /data/hello && sync /data/hello && cat /data/hello && "
          + "while :; do stat -f -c '%b %S' /data > /data/size.new && mv /data/size.new /data/size; sleep 0.1; done";

  private static Tree volume(String claim) {
    return Tree.object("name", claim, "persistentVolumeClaim", Tree.object("claimName", claim));
  }

  private static Tree mount(String claim, boolean several) {
    return Tree.object("name", claim, "mountPath", several ? MOUNT_PATH + "/" + claim : MOUNT_PATH);
  }
}
