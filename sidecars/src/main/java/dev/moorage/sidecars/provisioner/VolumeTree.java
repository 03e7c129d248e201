package dev.moorage.sidecars.provisioner;

import dev.moorage.base.ObjectKey;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The PersistentVolume of a new volume: part of the port's adapter.
///
/// Source: external-provisioner, `Provision`, and its library's claim reference and finalizer.
final class VolumeTree {
  /// The finalizer that keeps a PersistentVolume until its volume is removed.
  static final String FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";

  static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
  static final String DELETION_SECRET_NAME =
      "volume.kubernetes.io/provisioner-deletion-secret-name";
  static final String DELETION_SECRET_NAMESPACE =
      "volume.kubernetes.io/provisioner-deletion-secret-namespace";
  private static final String MODIFY_SECRET_NAME =
      "volume.kubernetes.io/controller-modify-secret-name";
  private static final String MODIFY_SECRET_NAMESPACE =
      "volume.kubernetes.io/controller-modify-secret-namespace";
  private static final String IDENTITY = "storage.kubernetes.io/csiProvisionerIdentity";

  private VolumeTree() {}

  /// Builds the object.
  ///
  /// @param node the node this provisioner serves; empty for all
  static Tree of(PersistentVolumeClaim claim, Intent intent, Volume volume, String node) {
    var tree =
        Tree.object(
            "apiVersion",
            Kinds.VOLUME.apiVersion(),
            "kind",
            Kinds.VOLUME.name(),
            "metadata",
            metadata(claim, intent),
            "spec",
            spec(claim, intent, volume, node));
    return affinity(volume)
        .map(terms -> tree.with(terms, "spec", "nodeAffinity", "required", "nodeSelectorTerms"))
        .orElse(tree);
  }

  private static Tree metadata(PersistentVolumeClaim claim, Intent intent) {
    var annotations = new TreeMap<String, String>();
    annotations.put(PROVISIONED_BY, intent.origin().driver());
    var deletion = intent.secret();
    annotations.put(DELETION_SECRET_NAME, deletion.map(ObjectKey::name).orElse(""));
    annotations.put(DELETION_SECRET_NAMESPACE, deletion.map(ObjectKey::namespace).orElse(""));
    var modify = Optional.ofNullable(intent.secrets().get(SecretRole.CONTROLLER_MODIFY));
    modify.ifPresent(key -> annotations.put(MODIFY_SECRET_NAME, key.name()));
    modify.ifPresent(key -> annotations.put(MODIFY_SECRET_NAMESPACE, key.namespace()));
    return Tree.object(
        "name",
        Intent.volumeName(claim.meta()),
        "annotations",
        Tree.texts(annotations),
        "finalizers",
        Tree.texts(List.of(FINALIZER)));
  }

  private static Tree spec(PersistentVolumeClaim claim, Intent intent, Volume volume, String node) {
    var shape = intent.shape();
    var spec =
        Tree.object(
            "accessModes",
            Tree.texts(claim.accessModes()),
            "capacity",
            Tree.object("storage", Quantities.text(volume.capacity())),
            "claimRef",
            claimReference(claim),
            "csi",
            csi(intent, volume, node),
            "persistentVolumeReclaimPolicy",
            intent.origin().reclaimPolicy(),
            "storageClassName",
            intent.origin().className(),
            "volumeMode",
            shape.block() ? "Block" : "Filesystem");
    return shape.mountOptions().isEmpty()
        ? spec
        : spec.with(Tree.texts(shape.mountOptions()), "mountOptions");
  }

  private static Tree claimReference(PersistentVolumeClaim claim) {
    return Tree.object(
        "apiVersion",
        Kinds.CLAIM.apiVersion(),
        "kind",
        Kinds.CLAIM.name(),
        "namespace",
        claim.meta().namespace(),
        "name",
        claim.meta().name(),
        "uid",
        claim.meta().uid(),
        "resourceVersion",
        claim.meta().version());
  }

  private static Tree csi(Intent intent, Volume volume, String node) {
    var driver = intent.origin().driver();
    var attributes = new TreeMap<String, String>();
    attributes.put(IDENTITY, node.isEmpty() ? driver : driver + "-" + node);
    attributes.putAll(volume.context());
    var csi =
        Tree.object(
            "driver",
            driver,
            "volumeHandle",
            volume.id().text(),
            "volumeAttributes",
            Tree.texts(attributes));
    if (!intent.shape().fsType().isEmpty())
      csi = csi.with(Tree.of(intent.shape().fsType()), "fsType");
    for (var secret : intent.secrets().entrySet()) {
      var field = secret.getKey().volumeField();
      if (field.isPresent()) csi = csi.with(reference(secret.getValue()), field.get());
    }
    return csi;
  }

  private static Tree reference(ObjectKey secret) {
    return Tree.object("name", secret.name(), "namespace", secret.namespace());
  }

  /// One term per alternative, one value per segment.
  private static Optional<Tree> affinity(Volume volume) {
    var terms =
        volume.accessible().stream()
            .filter(topology -> !topology.segments().isEmpty())
            .map(VolumeTree::term)
            .toList();
    return terms.isEmpty() ? Optional.empty() : Optional.of(Tree.list(terms));
  }

  private static Tree term(Topology topology) {
    return Tree.object(
        "matchExpressions",
        Tree.list(
            topology.segments().entrySet().stream()
                .map(segment ->
                    Tree.object(
                        "key",
                        segment.getKey(),
                        "operator",
                        "In",
                        "values",
                        Tree.texts(List.of(segment.getValue()))))
                .toList()));
  }
}
