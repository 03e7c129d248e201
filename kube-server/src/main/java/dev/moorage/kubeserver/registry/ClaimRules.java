package dev.moorage.kubeserver.registry;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import java.util.List;

/// Claims: after creation only the size and the attributes class change, and only once bound.
final class ClaimRules implements Rules {
  private static final String PROTECTION = "kubernetes.io/pvc-protection";
  private static final List<String> MODES =
      List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");

  @Override
  public Kind<?> kind() {
    return Kinds.CLAIM;
  }

  @Override
  public boolean hasStatus() {
    return true;
  }

  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    var claim =
        Metas.withFinalizer(object, PROTECTION).with(Tree.object("phase", "Pending"), "status");
    return DefaultClass.on(sourced(claim), occasion.state());
  }

  @Override
  public Tree prepareUpdate(Tree now, Tree before, Occasion occasion) {
    return sourced(now);
  }

  /// `dataSource` and `dataSourceRef` say the same; a source of an unknown sort goes away.
  private static Tree sourced(Tree claim) {
    var source = claim.at("spec", "dataSource");
    var ref = claim.at("spec", "dataSourceRef");
    if (source.isNothing() && ref.isNothing()) return claim;
    if (ref.isNothing())
      return isKnown(source)
          ? claim.with(source, "spec", "dataSourceRef")
          : claim.without("spec", "dataSource");
    // Sources in other namespaces are an alpha feature: a real server without it drops them.
    if (!ref.text("namespace").isEmpty()) return claim.without("spec", "dataSourceRef");
    return source.isNothing() ? claim.with(ref, "spec", "dataSource") : claim;
  }

  private static boolean isKnown(Tree source) {
    return switch (source.text("kind")) {
      case "PersistentVolumeClaim" -> source.text("apiGroup").isEmpty();
      case "VolumeSnapshot" -> source.text("apiGroup").equals("snapshot.storage.k8s.io");
      default -> false;
    };
  }

  @Override
  public void validate(Tree claim, Problems problems) {
    spec("spec", claim.at("spec"), problems);
  }

  @Override
  public List<String> warnings(Tree claim) {
    return Amounts.fractional(
        "spec.resources.requests[storage]", claim.at("spec", "resources", "requests", "storage"));
  }

  /// The spec of a claim, or of a pod's template for one.
  static void spec(String field, Tree spec, Problems problems) {
    var modes = spec.textList("accessModes");
    if (modes.isEmpty())
      problems.required(field + ".accessModes", "at least 1 access mode is required");
    SelectorChecks.labels(field + ".selector", spec.at("selector"), problems);
    accessModes(field, modes, problems);
    var storage = spec.at("resources", "requests", "storage");
    if (storage.isNothing()) problems.required(field + ".resources[storage]", "");
    else if (!Amounts.isPositive(storage))
      problems.invalid(field + ".resources[storage]", storage, "must be greater than zero");
    for (String name : List.of("storageClassName", "volumeAttributesClassName"))
      if (!spec.text(name).isEmpty())
        problems.misnamed(field + "." + name, spec.text(name), Names.subdomain(spec.text(name)));
    problems.supported(field + ".volumeMode", spec.text("volumeMode"), "Block", "Filesystem");
    for (String name : List.of("dataSource", "dataSourceRef"))
      if (!spec.at(name).isNothing()) source(field + "." + name, spec.at(name), problems);
  }

  private static void source(String field, Tree source, Problems problems) {
    problems.requiredUnless(!source.text("name").isEmpty(), field + ".name");
    var kind = source.text("kind");
    problems.requiredUnless(!kind.isEmpty(), field + ".kind");
    if (source.text("apiGroup").isEmpty() && !kind.equals("PersistentVolumeClaim"))
      problems.invalid(
          field, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
  }

  static void accessModes(String field, List<String> modes, Problems problems) {
    for (String mode : modes) problems.supported(field + ".accessModes", mode, MODES);
    if (modes.contains("ReadWriteOncePod") && modes.size() > 1)
      problems.forbidden(
          field + ".accessModes", "may not use ReadWriteOncePod with other access modes");
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    boolean bound = before.text("status", "phase").equals("Bound");
    problems.forbiddenUnless(
        fixed(now, before, bound).equals(fixed(before, before, bound)),
        "spec",
        "spec is immutable after creation except resources.requests and volumeAttributesClassName"
            + " for bound claims");
    problems.immutable(
        "spec.volumeMode", now.at("spec", "volumeMode"), before.at("spec", "volumeMode"));
    var granted = Quantities.of(before.at("status", "capacity", "storage"));
    boolean shrinks = requested(now).isBelow(requested(before));
    if (bound && shrinks && !requested(now).isAbove(granted))
      problems.forbidden(
          "spec.resources.requests.storage", "field can not be less than status.capacity");
    boolean modifying = !before.at("status", "modifyVolumeStatus").isNothing();
    boolean dropped = isModified(before) && !isModified(now);
    problems.forbiddenUnless(
        !(modifying && dropped),
        "spec.volumeAttributesClassName",
        "the class can not be removed while the volume is being modified");
  }

  private static boolean isModified(Tree claim) {
    return !claim.text("spec", "volumeAttributesClassName").isEmpty();
  }

  /// The parts of the spec that must stay as they were.
  private static Tree fixed(Tree claim, Tree before, boolean bound) {
    Tree spec = claim.at("spec");
    if (before.text("spec", "volumeName").isEmpty()) {
      spec = spec.without("volumeName"); // the binder sets it, once
      if (before.at("spec", "storageClassName").isNothing())
        spec = spec.without("storageClassName"); // a default class may come later
    }
    if (!bound) return spec;
    spec = spec.without("volumeAttributesClassName").without("resources", "requests", "storage");
    return spec;
  }

  private static Bytes requested(Tree claim) {
    return Quantities.of(claim.at("spec", "resources", "requests", "storage"));
  }

  /// Growing is for bound claims of classes that allow it.
  @Override
  public void admitChange(Tree now, Tree before, State state) {
    if (!requested(now).isAbove(requested(before))) return;
    var claim = PersistentVolumeClaim.of(before);
    if (!claim.bound())
      throw Refusals.forbidden(
          kind(), claim.meta().name(), "Only bound persistent volume claims can be expanded");
    boolean allowed =
        !claim.className().isEmpty()
            && state
                .find(Kinds.STORAGE_CLASS, ObjectKey.cluster(claim.className()))
                .map(found -> found.truth(false, "allowVolumeExpansion"))
                .orElse(false);
    if (!allowed)
      throw Refusals.forbidden(
          kind(),
          claim.meta().name(),
          "only dynamically provisioned pvc can be resized and the storageclass that provisions"
              + " the pvc must support resize");
  }
}
