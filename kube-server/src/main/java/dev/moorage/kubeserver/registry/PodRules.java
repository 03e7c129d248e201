package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Pods: nearly all of the spec is for ever, and they end with a grace.
final class PodRules implements Rules {
  private static final String MAY_CHANGE =
      "pod updates may not change fields other than `spec.containers[*].image`,"
          + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only"
          + " additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to"
          + " be set to 1 if it was previously negative)";

  @Override
  public Kind<?> kind() {
    return Kinds.POD;
  }

  @Override
  public boolean hasStatus() {
    return true;
  }

  @Override
  public boolean countsGenerations() {
    return true;
  }

  @Override
  public boolean showsMarkBeforeEnd() {
    return true;
  }

  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    var pod = PodDefaults.on(object);
    var status = Tree.object("phase", "Pending", "qosClass", PodDefaults.qosClass(pod));
    return pod.with(status, "status");
  }

  @Override
  public Tree prepareUpdate(Tree now, Tree before, Occasion occasion) {
    return PodDefaults.on(now);
  }

  @Override
  public List<String> warnings(Tree pod) {
    var wrong = Names.label(pod.text("metadata", "name"));
    return wrong.isEmpty()
        ? List.of()
        : List.of(
            "metadata.name: this is used in the Pod's hostname, which can result in surprising"
                + " behavior; a DNS label is recommended: "
                + wrong);
  }

  @Override
  public void validate(Tree pod, Problems problems) {
    PodChecks.check(pod, problems);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    problems.forbiddenUnless(fixed(now, before).equals(fixed(before, before)), "spec", MAY_CHANGE);
    var tolerations = before.at("spec", "tolerations").items();
    problems.forbiddenUnless(
        now.at("spec", "tolerations").items().containsAll(tolerations), "spec", MAY_CHANGE);
  }

  /// The parts of the spec that must stay as they were.
  private static Tree fixed(Tree pod, Tree before) {
    Tree spec = pod.at("spec").without("activeDeadlineSeconds").without("tolerations");
    for (String list : List.of("containers", "initContainers"))
      if (!spec.at(list).isNothing()) spec = spec.with(withoutImages(spec.at(list)), list);
    boolean negative = before.number(30, "spec", "terminationGracePeriodSeconds") < 0;
    if (negative && pod.number(30, "spec", "terminationGracePeriodSeconds") == 1)
      spec = spec.without("terminationGracePeriodSeconds");
    return withoutGates(spec, before);
  }

  private static Tree withoutImages(Tree containers) {
    var all = new ArrayList<Tree>();
    for (Tree container : containers.items()) all.add(container.without("image"));
    return Tree.list(all);
  }

  /// Scheduling gates may only go.
  private static Tree withoutGates(Tree spec, Tree before) {
    var old = before.at("spec", "schedulingGates").items();
    return old.containsAll(spec.at("schedulingGates").items())
        ? spec.without("schedulingGates")
        : spec;
  }

  @Override
  public long grace(Tree object, long asked) {
    var pod = Pod.of(object);
    if (pod.nodeName().isEmpty() || pod.ended()) return 0;
    return asked >= 0 ? asked : Math.max(1, pod.graceSeconds());
  }

  @Override
  public Map<String, Function<Tree, String>> selectable() {
    var fields = new LinkedHashMap<String, Function<Tree, String>>();
    for (String name : List.of("nodeName", "restartPolicy", "schedulerName", "serviceAccountName"))
      fields.put("spec." + name, pod -> pod.text("spec", name));
    fields.put(
        "spec.hostNetwork", pod -> Boolean.toString(pod.truth(false, "spec", "hostNetwork")));
    for (String name : List.of("phase", "podIP", "nominatedNodeName"))
      fields.put("status." + name, pod -> pod.text("status", name));
    return fields;
  }
}
