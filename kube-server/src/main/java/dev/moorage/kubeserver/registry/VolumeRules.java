package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
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
    ClaimRules.accessModes("spec", modes, problems);
    capacity(spec.at("capacity"), problems);
    source("spec", spec, problems);
    classes(spec, problems);
    if (!spec.at("nodeAffinity").isNothing()) affinity(spec.at("nodeAffinity"), problems);
    problems.supported(
        "spec.persistentVolumeReclaimPolicy",
        spec.text("persistentVolumeReclaimPolicy"),
        "Delete",
        "Recycle",
        "Retain");
    problems.supported("spec.volumeMode", spec.text("volumeMode"), "Block", "Filesystem");
  }

  @Override
  public List<String> warnings(Tree volume) {
    var all =
        new ArrayList<>(
            Amounts.fractional("spec.capacity[storage]", volume.at("spec", "capacity", "storage")));
    if (volume.text("spec", "persistentVolumeReclaimPolicy").equals("Recycle"))
      all.add(
          "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead,"
              + " the recommended approach is to use dynamic provisioning.");
    return all;
  }

  private static void classes(Tree spec, Problems problems) {
    var name = spec.text("storageClassName");
    if (!name.isEmpty()) problems.misnamed("spec.storageClassName", name, Names.subdomain(name));
    if (spec.at("volumeAttributesClassName").isNothing()) return;
    var field = "spec.volumeAttributesClassName";
    var attributes = spec.text("volumeAttributesClassName");
    if (attributes.isEmpty()) problems.required(field, "an empty string is disallowed");
    else problems.misnamed(field, attributes, Names.subdomain(attributes));
  }

  private static void affinity(Tree affinity, Problems problems) {
    var field = "spec.nodeAffinity.required";
    if (affinity.at("required").isNothing())
      problems.required(field, "must specify required node constraints");
    SelectorChecks.nodes(field, affinity.at("required"), problems);
  }

  private static void capacity(Tree capacity, Problems problems) {
    var storage = capacity.at("storage");
    problems.requiredUnless(!capacity.fields().isEmpty(), "spec.capacity");
    if (storage.isNothing() || capacity.fields().size() > 1)
      problems.unsupported("spec.capacity", capacity, List.of("storage"));
    if (!storage.isNothing() && !Amounts.isPositive(storage))
      problems.invalid("spec.capacity[storage]", storage, "must be greater than zero");
  }

  /// @param spec of a volume, or one inside an attachment
  static void source(String field, Tree spec, Problems problems) {
    var sources = sources(spec);
    if (sources.isEmpty()) problems.required(field, "must specify a volume type");
    for (String more : sources.subList(Math.min(1, sources.size()), sources.size()))
      problems.forbidden(field + "." + more, "may not specify more than 1 volume type");
    if (sources.contains("hostPath"))
      VolumeSourceChecks.hostPath(field + ".hostPath", spec.at("hostPath"), problems);
    if (sources.contains("nfs")) VolumeSourceChecks.nfs(field + ".nfs", spec.at("nfs"), problems);
    if (sources.contains("csi")) csi(field + ".csi", spec.at("csi"), problems);
  }

  private static void csi(String field, Tree csi, Problems problems) {
    Names.checkDriver(field + ".driver", csi.text("driver"), problems);
    problems.requiredUnless(!csi.text("volumeHandle").isEmpty(), field + ".volumeHandle");
    for (String name : List.of("controllerExpandSecretRef", "nodeExpandSecretRef")) {
      if (csi.at(name).isNothing()) continue;
      var namespace = csi.text(name, "namespace");
      var secret = field + "." + name;
      problems.requiredUnless(!csi.text(name, "name").isEmpty(), secret + ".name");
      if (namespace.isEmpty()) problems.required(secret + ".namespace", "");
      else problems.misnamed(secret + ".namespace", namespace, Names.label(namespace));
    }
  }

  /// The source of CSI comes last, as a real server counts them.
  private static List<String> sources(Tree spec) {
    var all = new ArrayList<>(spec.fields().keySet());
    all.removeAll(NO_SOURCES);
    if (all.remove("csi")) all.add("csi");
    return all;
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    problems.forbiddenUnless(
        onlySource(now).equals(onlySource(before)),
        "spec.persistentvolumesource",
        "spec.persistentvolumesource is immutable after creation");
    problems.immutable("volumeMode", now.at("spec", "volumeMode"), before.at("spec", "volumeMode"));
    var affinity = before.at("spec", "nodeAffinity");
    if (!affinity.isNothing())
      problems.immutable("spec.nodeAffinity", now.at("spec", "nodeAffinity"), affinity);
    boolean dropped =
        now.at("spec", "volumeAttributesClassName").isNothing()
            && !before.at("spec", "volumeAttributesClassName").isNothing();
    problems.forbiddenUnless(
        !dropped,
        "spec.volumeAttributesClassName",
        "update from non-nil value to nil is forbidden");
  }

  /// The source alone; a secret for expanding may come or change later.
  private static Tree onlySource(Tree volume) {
    Tree spec = volume.at("spec").without("csi", "controllerExpandSecretRef");
    for (String name : NO_SOURCES) spec = spec.without(name);
    return spec;
  }
}
