package dev.moorage.controlplane;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.StorageCapacity;
import dev.moorage.kube.StorageClass;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import java.util.List;

/// Objects for tables: a plain one of each kind, changed by patches of single paths.
public final class Objects {
  private Objects() {}

  /// The driver of all volumes and classes here.
  public static final String DRIVER = "loop.moorage.dev";

  /// A tree that tests change path by path.
  public record Made<T extends View>(Kind<T> kind, Tree tree) {
    /// Sets a text.
    public Made<T> with(String text, String... path) {
      return with(Tree.of(text), path);
    }

    /// Sets a part.
    public Made<T> with(Tree part, String... path) {
      return new Made<>(kind, tree.with(part, path));
    }

    /// Removes a part.
    public Made<T> without(String... path) {
      return new Made<>(kind, tree.without(path));
    }

    /// Sets an annotation.
    public Made<T> annotated(String name, String text) {
      return with(text, "metadata", "annotations", name);
    }

    /// Marks it as being deleted.
    public Made<T> deleting() {
      return with("2026-01-01T00:00:00Z", "metadata", "deletionTimestamp");
    }

    /// The same tree under another reader.
    public <S extends View> Made<S> as(Kind<S> other) {
      return new Made<>(other, tree);
    }

    /// The view.
    public T view() {
      return kind.read(tree);
    }
  }

  /// Claim `default/data`: 1Gi, ReadWriteOnce, class `fast`, Pending.
  public static Made<PersistentVolumeClaim> claim() {
    return namespaced(Kinds.CLAIM, "data")
        .with(Tree.texts(List.of("ReadWriteOnce")), "spec", "accessModes")
        .with("1Gi", "spec", "resources", "requests", "storage")
        .with("fast", "spec", "storageClassName")
        .with("Filesystem", "spec", "volumeMode")
        .with("Pending", "status", "phase");
  }

  /// A volume: 1Gi, ReadWriteOnce, class `fast`, Available.
  public static Made<PersistentVolume> volume(String name) {
    return ofCluster(Kinds.VOLUME, name)
        .with("1Gi", "spec", "capacity", "storage")
        .with(Tree.texts(List.of("ReadWriteOnce")), "spec", "accessModes")
        .with("fast", "spec", "storageClassName")
        .with("Filesystem", "spec", "volumeMode")
        .with("Delete", "spec", "persistentVolumeReclaimPolicy")
        .with(DRIVER, "spec", "csi", "driver")
        .with("handle-" + name, "spec", "csi", "volumeHandle")
        .with("Available", "status", "phase");
  }

  /// A claim reference to a claim of [#claim].
  public static Tree reference(String uid) {
    return Tree.object("namespace", "default", "name", "data", "uid", uid);
  }

  /// Class `fast` of our driver.
  public static Made<StorageClass> storageClass(boolean waits) {
    return ofCluster(Kinds.STORAGE_CLASS, "fast")
        .with(DRIVER, "provisioner")
        .with(waits ? "WaitForFirstConsumer" : "Immediate", "volumeBindingMode");
  }

  /// Pod `default/web`, which waits for a node and uses claim `data`.
  public static Made<Pod> pod() {
    var volume =
        Tree.object("name", "data", "persistentVolumeClaim", Tree.object("claimName", "data"));
    return namespaced(Kinds.POD, "web")
        .with(Tree.list(List.of(volume)), "spec", "volumes")
        .with("Pending", "status", "phase");
  }

  /// A Ready node, labelled with its name.
  public static Made<Node> node(String name) {
    return ofCluster(Kinds.NODE, name)
        .with(name, "metadata", "labels", "host")
        .with(
            Tree.list(List.of(Tree.object("type", "Ready", "status", "True"))),
            "status",
            "conditions");
  }

  /// What class `fast` could still take on a node.
  public static Made<StorageCapacity> capacity(String node, String amount) {
    return namespaced(Kinds.CAPACITY, "of-" + node)
        .with("fast", "storageClassName")
        .with(node, "nodeTopology", "matchLabels", "host")
        .with(amount, "capacity");
  }

  private static <T extends View> Made<T> namespaced(Kind<T> kind, String name) {
    return ofCluster(kind, name).with("default", "metadata", "namespace");
  }

  private static <T extends View> Made<T> ofCluster(Kind<T> kind, String name) {
    var meta =
        Tree.object(
            "name",
            name,
            "uid",
            "uid-" + name,
            "resourceVersion",
            "1",
            "creationTimestamp",
            "2026-01-01T00:00:00Z");
    return new Made<>(kind, Tree.object("metadata", meta));
  }
}
