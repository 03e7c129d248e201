package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;

/// Defaults of pods that depend on more than a field's absence.
final class PodDefaults {
  private PodDefaults() {}

  static Tree on(Tree pod) {
    Tree spec = pod.at("spec");
    for (String list : List.of("containers", "initContainers"))
      if (!spec.at(list).isNothing()) spec = spec.with(withPolicies(spec.at(list)), list);
    if (!spec.at("volumes").isNothing())
      spec = spec.with(withSources(spec.at("volumes")), "volumes");
    if (spec.number(0, "terminationGracePeriodSeconds") < 0)
      spec = spec.with(Tree.of(1), "terminationGracePeriodSeconds");
    return pod.with(withAccount(spec), "spec");
  }

  private static Tree withAccount(Tree spec) {
    var account = spec.text("serviceAccountName");
    if (account.isEmpty()) account = spec.text("serviceAccount");
    if (account.isEmpty()) account = "default";
    return spec.with(Tree.of(account), "serviceAccountName")
        .with(Tree.of(account), "serviceAccount");
  }

  private static Tree withPolicies(Tree containers) {
    var all = new ArrayList<Tree>();
    for (Tree container : containers.items()) {
      var asked = withRequests(container);
      all.add(
          asked.text("imagePullPolicy").isEmpty()
              ? asked.with(Tree.of(policy(asked.text("image"))), "imagePullPolicy")
              : asked);
    }
    return Tree.list(all);
  }

  /// Who is limited asks for as much.
  private static Tree withRequests(Tree container) {
    Tree result = container;
    for (var limit : container.at("resources", "limits").fields().entrySet())
      if (container.at("resources", "requests", limit.getKey()).isNothing())
        result = result.with(limit.getValue(), "resources", "requests", limit.getKey());
    return result;
  }

  private static String policy(String image) {
    var last = image.substring(image.lastIndexOf('/') + 1);
    boolean fixed = last.contains("@") || (last.contains(":") && !last.endsWith(":latest"));
    return fixed ? "IfNotPresent" : "Always";
  }

  /// A volume that says nothing is an empty directory.
  private static Tree withSources(Tree volumes) {
    var all = new ArrayList<Tree>();
    for (Tree volume : volumes.items())
      all.add(
          volume.without("name").fields().isEmpty()
              ? volume.with(Tree.empty(), "emptyDir")
              : volume);
    return Tree.list(all);
  }

  /// `Guaranteed`, `Burstable` or `BestEffort`.
  static String qosClass(Tree pod) {
    boolean any = false;
    boolean all = true;
    for (Tree container : pod.at("spec", "containers").items()) {
      var limits = container.at("resources", "limits");
      var requests = container.at("resources", "requests");
      for (String name : List.of("cpu", "memory")) {
        any |= !limits.at(name).isNothing() || !requests.at(name).isNothing();
        boolean asked = requests.at(name).isNothing() || requests.at(name).equals(limits.at(name));
        all &= !limits.at(name).isNothing() && asked;
      }
    }
    if (!any) return "BestEffort";
    return all ? "Guaranteed" : "Burstable";
  }
}
