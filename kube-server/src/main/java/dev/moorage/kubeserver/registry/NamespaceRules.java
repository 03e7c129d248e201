package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Namespaces: phase, the finalizer `kubernetes` in the spec, and those that must stay.
final class NamespaceRules implements Rules {
  private static final String OWN = "kubernetes";
  private static final List<String> STAY = List.of("default", "kube-system", "kube-public");

  @Override
  public Kind<?> kind() {
    return Kinds.NAMESPACE;
  }

  @Override
  public boolean hasStatus() {
    return true;
  }

  @Override
  public List<String> misnamed(String name) {
    return Names.label(name);
  }

  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    return labelled(object)
        .with(Tree.texts(withOwn(object.textList("spec", "finalizers"))), "spec", "finalizers")
        .with(Tree.object("phase", "Active"), "status");
  }

  private static List<String> withOwn(List<String> finalizers) {
    if (finalizers.contains(OWN)) return finalizers;
    var all = new ArrayList<>(finalizers);
    all.add(OWN);
    return all;
  }

  @Override
  public void validate(Tree namespace, Problems problems) {
    for (String name : namespace.textList("spec", "finalizers")) {
      problems.misnamed("spec.finalizers", name, Names.qualified(name));
      if (name.indexOf('/') < 0 && !name.equals(OWN))
        problems.invalid(
            "spec.finalizers",
            name,
            "name is neither a standard finalizer name nor is it fully qualified");
    }
  }

  @Override
  public Tree prepareUpdate(Tree now, Tree before, Occasion occasion) {
    var spec = before.at("spec");
    return labelled(spec.isNothing() ? now.without("spec") : now.with(spec, "spec"));
  }

  private static Tree labelled(Tree namespace) {
    return namespace.with(
        Tree.of(namespace.text("metadata", "name")),
        "metadata",
        "labels",
        "kubernetes.io/metadata.name");
  }

  @Override
  public boolean isHeld(Tree object) {
    return !object.textList("spec", "finalizers").isEmpty();
  }

  @Override
  public Tree prepareDeletion(Tree object) {
    return object.with(Tree.of("Terminating"), "status", "phase");
  }

  @Override
  public void admitDeletion(String name) {
    if (STAY.contains(name))
      throw Refusals.forbidden(kind(), name, "this namespace may not be deleted");
  }

  @Override
  public Map<String, Function<Tree, String>> selectable() {
    return Map.of("status.phase", object -> object.text("status", "phase"));
  }
}
