package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.HashSet;
import java.util.List;

/// What holds for every pod, beside its volumes and containers.
final class PodChecks {
  private static final long INT_AT_MOST = Integer.MAX_VALUE;

  private final Problems problems;
  private final Tree spec;

  private PodChecks(Tree pod, Problems problems) {
    this.problems = problems;
    this.spec = pod.at("spec");
  }

  static void check(Tree pod, Problems problems) {
    var checks = new PodChecks(pod, problems);
    checks.parts();
    checks.policies();
    checks.place();
    checks.tolerations();
    checks.security();
  }

  private void parts() {
    var volumes = PodVolumeChecks.check(spec.at("volumes").items(), problems);
    var containers = new ContainerChecks(problems, volumes);
    if (spec.at("containers").items().isEmpty()) problems.required("spec.containers", "");
    for (String list : List.of("containers", "initContainers"))
      containers.check("spec." + list, spec.at(list).items());
  }

  private void policies() {
    problems.supported(
        "spec.restartPolicy", spec.text("restartPolicy"), "Always", "OnFailure", "Never");
    problems.supported(
        "spec.dnsPolicy",
        spec.text("dnsPolicy"),
        "ClusterFirstWithHostNet",
        "ClusterFirst",
        "Default",
        "None");
    if (spec.text("dnsPolicy").equals("None") && spec.at("dnsConfig").isNothing())
      problems.required("spec.dnsConfig", "must provide `dnsConfig` when `dnsPolicy` is None");
    if (!spec.text("preemptionPolicy").isEmpty())
      problems.supported(
          "spec.preemptionPolicy", spec.text("preemptionPolicy"), "PreemptLowerPriority", "Never");
    long deadline = spec.number(1, "activeDeadlineSeconds");
    if (deadline < 1 || deadline > INT_AT_MOST)
      problems.invalid(
          "spec.activeDeadlineSeconds",
          spec.at("activeDeadlineSeconds"),
          "must be between 1 and 2147483647, inclusive");
  }

  private void place() {
    named("nodeName");
    named("serviceAccountName");
    var host = spec.text("hostname");
    if (!host.isEmpty()) problems.misnamed("spec.hostname", host, Names.label(host));
    Names.checkLabels("spec.nodeSelector", spec.textMap("nodeSelector"), problems);
    var required = "requiredDuringSchedulingIgnoredDuringExecution";
    SelectorChecks.nodes(
        "spec.affinity.nodeAffinity." + required,
        spec.at("affinity", "nodeAffinity", required),
        problems);
    var gates = new HashSet<String>();
    var all = spec.at("schedulingGates").items();
    for (int i = 0; i < all.size(); i++)
      if (!gates.add(all.get(i).text("name")))
        problems.duplicate("spec.schedulingGates[" + i + "]", all.get(i).text("name"));
  }

  private void named(String field) {
    var name = spec.text(field);
    if (!name.isEmpty()) problems.misnamed("spec." + field, name, Names.subdomain(name));
  }

  private void tolerations() {
    var all = spec.at("tolerations").items();
    for (int i = 0; i < all.size(); i++)
      toleration("spec.tolerations[" + i + "].operator", all.get(i));
  }

  private void toleration(String field, Tree toleration) {
    var operator = toleration.text("operator");
    if (toleration.text("key").isEmpty() && !operator.equals("Exists"))
      problems.invalid(
          field,
          operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all"
              + " keys\"");
    var value = toleration.text("value");
    if (operator.equals("Exists") && !value.isEmpty())
      problems.invalid(field, value, "value must be empty when `operator` is 'Exists'");
    if (!operator.isEmpty()) problems.supported(field, operator, "Equal", "Exists");
  }

  private void security() {
    var context = spec.at("securityContext");
    for (String field : List.of("runAsUser", "runAsGroup", "fsGroup")) {
      long id = context.number(0, field);
      if (id < 0 || id > INT_AT_MOST)
        problems.invalid(
            "spec.securityContext." + field,
            context.at(field),
            "must be between 0 and 2147483647, inclusive");
    }
    var policy = context.text("fsGroupChangePolicy");
    if (!policy.isEmpty())
      problems.supported(
          "spec.securityContext.fsGroupChangePolicy", policy, "Always", "OnRootMismatch");
  }
}
