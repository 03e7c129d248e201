package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Tree;
import java.util.List;

/// Decides the binding of a pod to a node.
final class Bindings {
  private Bindings() {}

  static Draft decide(Rules rules, Request request, Body body, Occasion occasion) {
    var name = request.target().name();
    var binding = body.tree();
    var node = node(binding, name);
    var pod =
        occasion
            .state()
            .find(rules.kind(), request.target().key())
            .orElseThrow(() -> Refusals.notFound(rules.kind(), name));
    check(rules.kind(), pod, name, binding);
    if (request.writing().dryRun()) return Draft.nothing(new Answer.Done());
    var bound = bound(pod, binding, node, occasion);
    return new Draft(List.of(occasion.put(rules, bound, 1)), new Answer.Done());
  }

  private static String node(Tree binding, String name) {
    var problems = new Problems();
    var kind = binding.text("target", "kind");
    if (!kind.isEmpty()) problems.supported("target.kind", kind, "Node", "<empty>");
    problems.requiredUnless(!binding.text("target", "name").isEmpty(), "target.name");
    problems.refuse(BINDING, name);
    return binding.text("target", "name");
  }

  private static final Kind<?> BINDING = new Kind<>("", "v1", "Binding", "bindings", true, Raw::of);

  private static void check(Kind<?> kind, Tree pod, String name, Tree binding) {
    var uid = binding.text("metadata", "uid");
    var stored = pod.text("metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(stored))
      throw Refusals.bindingConflict(
          kind,
          name,
          "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + stored);
    if (Metas.isDeleting(pod))
      throw Refusals.bindingConflict(
          kind, name, "pod " + name + " is being deleted, cannot be assigned to a host");
    var node = pod.text("spec", "nodeName");
    if (!node.isEmpty())
      throw Refusals.bindingConflict(
          kind, name, "pod " + name + " is already assigned to node \"" + node + "\"");
  }

  private static Tree bound(Tree pod, Tree binding, String node, Occasion occasion) {
    var scheduled =
        Tree.object(
            "type", "PodScheduled", "status", "True", "lastTransitionTime", occasion.time());
    var patch =
        Patch.NONE
            .set(node, "spec", "nodeName")
            .set(Tree.of(pod.number(0, "metadata", "generation") + 1), "metadata", "generation")
            .setItem("type", scheduled, "status", "conditions");
    for (var annotation : binding.textMap("metadata", "annotations").entrySet())
      patch = patch.annotate(annotation.getKey(), annotation.getValue());
    return patch.apply(pod);
  }
}
