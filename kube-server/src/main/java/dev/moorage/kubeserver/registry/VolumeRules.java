package dev.moorage.kubeserver.registry;

import dev.moorage.base.Bytes;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import java.util.List;

/// PersistentVolumes: one source, which does not change.
final class VolumeRules implements Rules {
  private static final String PROTECTION = "kubernetes.io/pv-protection";
  private static final List<String> NO_SOURCES =
      List.of(
          "capacity",
          "accessModes",
          "mountOptions",
          "claimRef",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "volumeAttributesClassName",
          "volumeMode",
          "nodeAffinity");

  @Override
  public Kind<?> kind() {
    return Kinds.VOLUME;
  }

  @Override
  public boolean hasStatus() {
    return true;
  }

  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    var status = Tree.object("phase", "Pending", "lastPhaseTransitionTime", occasion.time());
    return Metas.withFinalizer(object, PROTECTION).with(status, "status");
  }

  @Override
  public Tree prepareStatus(Tree now, Tree before, Occasion occasion) {
    boolean moved = !now.text("status", "phase").equals(before.text("status", "phase"));
    return moved ? now.with(occasion.time(), "status", "lastPhaseTransitionTime") : now;
  }

  @Override
  public void validate(Tree volume, Problems problems) {
    var spec = volume.at("spec");
    var modes = spec.textList("accessModes");
    problems.requiredUnless(!modes.isEmpty(), "spec.accessModes");
    ClaimRules.accessModes(modes, problems);
    capacity(spec.at("capacity"), problems);
    source(spec, problems);
    problems.supported(
        "spec.persistentVolumeReclaimPolicy",
        spec.text("persistentVolumeReclaimPolicy"),
        "Delete",
        "Recycle",
        "Retain");
    problems.supported("spec.volumeMode", spec.text("volumeMode"), "Block", "Filesystem");
  }

  private static void capacity(Tree capacity, Problems problems) {
    if (capacity.fields().isEmpty()) {
      problems.required("spec.capacity", "");
      return;
    }
    if (capacity.at("storage").isNothing() || capacity.fields().size() > 1)
      problems.supported("spec.capacity", "object", "storage");
    if (Quantities.of(capacity.at("storage")).equals(Bytes.ZERO))
      problems.invalid(
          "spec.capacity[storage]", capacity.text("storage"), "must be greater than zero");
  }

  private static void source(Tree spec, Problems problems) {
    var sources = sources(spec);
    if (sources.isEmpty()) problems.required("spec", "must specify a volume type");
    for (String more : sources.subList(Math.min(1, sources.size()), sources.size()))
      problems.forbidden("spec." + more, "may not specify more than 1 volume type");
    if (!sources.contains("csi")) return;
    problems.requiredUnless(!spec.text("csi", "driver").isEmpty(), "spec.csi.driver");
    problems.requiredUnless(!spec.text("csi", "volumeHandle").isEmpty(), "spec.csi.volumeHandle");
  }

  private static List<String> sources(Tree spec) {
    return spec.fields().keySet().stream().filter(name -> !NO_SOURCES.contains(name)).toList();
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    problems.forbiddenUnless(
        onlySource(now).equals(onlySource(before)),
        "spec.persistentvolumesource",
        "spec.persistentvolumesource is immutable after creation");
    problems.immutableUnless(
        now.at("spec", "volumeMode").equals(before.at("spec", "volumeMode")), "spec.volumeMode");
    var affinity = before.at("spec", "nodeAffinity");
    problems.immutableUnless(
        affinity.isNothing() || affinity.equals(now.at("spec", "nodeAffinity")),
        "spec.nodeAffinity");
  }

  /// The source alone; a secret for expanding may come or change later.
  private static Tree onlySource(Tree volume) {
    Tree spec = volume.at("spec").without("csi", "controllerExpandSecretRef");
    for (String name : NO_SOURCES) spec = spec.without(name);
    return spec;
  }
}
