package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Scalars;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What holds for the containers of pods: their names, images, mounts, variables, ports and
/// resources. Probes and security contexts are kept as they are.
final class ContainerChecks {
  private static final long PORT_AT_MOST = 65_535;

  private final Problems problems;
  private final Set<String> volumes;
  private final Set<String> names = new HashSet<>();

  /// @param volumes the names of those that can be mounted
  ContainerChecks(Problems problems, Set<String> volumes) {
    this.problems = problems;
    this.volumes = volumes;
  }

  void check(String list, List<Tree> containers) {
    for (int i = 0; i < containers.size(); i++) container(list + "[" + i + "]", containers.get(i));
  }

  private void container(String field, Tree container) {
    var name = container.text("name");
    if (name.isEmpty()) problems.required(field + ".name", "");
    else problems.misnamed(field + ".name", name, Names.label(name));
    if (!names.add(name)) problems.duplicate(field + ".name", name);
    image(field, container);
    ports(field + ".ports", container.at("ports").items());
    variables(field + ".env", container.at("env").items());
    mounts(field, container);
    resources(field + ".resources", container.at("resources"));
    problems.supported(
        field + ".terminationMessagePolicy",
        container.text("terminationMessagePolicy"),
        "File",
        "FallbackToLogsOnError");
  }

  private void image(String field, Tree container) {
    var image = container.text("image");
    problems.requiredUnless(!image.isEmpty(), field + ".image");
    if (!image.strip().equals(image))
      problems.invalid(field + ".image", image, "must not have leading or trailing whitespace");
    problems.supported(
        field + ".imagePullPolicy",
        container.text("imagePullPolicy"),
        "Always",
        "IfNotPresent",
        "Never");
  }

  private void ports(String list, List<Tree> ports) {
    for (int i = 0; i < ports.size(); i++) {
      var field = list + "[" + i + "]";
      long port = ports.get(i).number(0, "containerPort");
      if (port == 0) problems.required(field + ".containerPort", "");
      else if (port < 0 || port > PORT_AT_MOST)
        problems.invalid(
            field + ".containerPort",
            ports.get(i).at("containerPort"),
            "must be between 1 and 65535, inclusive");
      problems.supported(field + ".protocol", ports.get(i).text("protocol"), "SCTP", "TCP", "UDP");
    }
  }

  private void variables(String list, List<Tree> variables) {
    for (int i = 0; i < variables.size(); i++) {
      var field = list + "[" + i + "]";
      problems.requiredUnless(!variables.get(i).text("name").isEmpty(), field + ".name");
      var from = variables.get(i).at("valueFrom");
      if (!from.isNothing() && !variables.get(i).text("value").isEmpty())
        problems.invalid(
            field + ".valueFrom", "", "may not be specified when `value` is not empty");
    }
  }

  // Mounts and devices

  private void mounts(String field, Tree container) {
    var mounts = container.at("volumeMounts").items();
    var devices = container.at("volumeDevices").items();
    uses(field + ".volumeMounts", "mountPath", mounts, devices, "volumeDevices");
    for (Tree mount : mounts) mount(field + ".volumeMounts", mount, container);
    uses(field + ".volumeDevices", "devicePath", devices, mounts, "volumeMounts");
  }

  private void uses(
      String list, String path, List<Tree> uses, List<Tree> others, String otherList) {
    var otherPath = path.equals("mountPath") ? "devicePath" : "mountPath";
    var paths = new HashSet<String>();
    for (int i = 0; i < uses.size(); i++) {
      var field = list + "[" + i + "]";
      var name = uses.get(i).text("name");
      var where = uses.get(i).text(path);
      if (name.isEmpty()) problems.required(field + ".name", "");
      else if (!volumes.contains(name)) problems.notFound(field + ".name", name);
      if (where.isEmpty()) problems.required(field + "." + path, "");
      else if (!paths.add(where)) problems.invalid(field + "." + path, where, "must be unique");
      if (has(others, "name", name))
        problems.invalid(field + ".name", name, "must not already exist in " + otherList);
      if (has(others, otherPath, where))
        problems.invalid(
            field + "." + path, where, "must not already exist as a path in " + otherList);
    }
  }

  private static boolean has(List<Tree> uses, String field, String text) {
    return !text.isEmpty() && uses.stream().anyMatch(use -> use.text(field).equals(text));
  }

  /// A real server does not number the mounts here.
  private void mount(String field, Tree mount, Tree container) {
    var sub = mount.text("subPath");
    if (sub.startsWith("/")) problems.invalid(field + ".subPath", sub, "must be a relative path");
    VolumeSourceChecks.noWayUp(field + ".subPath", sub, problems);
    var propagation = mount.text("mountPropagation");
    if (propagation.isEmpty()) return;
    problems.supported(
        field + ".mountPropagation", propagation, "Bidirectional", "HostToContainer", "None");
    boolean free = !propagation.equals("Bidirectional");
    problems.forbiddenUnless(
        free || container.truth(false, "securityContext", "privileged"),
        field + ".mountPropagation",
        "Bidirectional mount propagation is available only to privileged containers");
  }

  // Resources

  private void resources(String field, Tree resources) {
    for (String list : List.of("limits", "requests"))
      resources
          .at(list)
          .fields()
          .forEach((name, amount) -> {
            if (Amounts.isNegative(amount))
              problems.invalid(
                  field + "." + list + "[" + name + "]",
                  amount,
                  "must be greater than or equal to 0");
          });
    resources
        .at("requests")
        .fields()
        .forEach((name, amount) -> {
          var limit = resources.at("limits", name);
          if (!limit.isNothing() && isMore(amount, limit))
            problems.invalid(
                field + ".requests",
                amount,
                "must be less than or equal to %s limit of %s".formatted(name, limit.text()));
        });
  }

  private static boolean isMore(Tree amount, Tree limit) {
    return value(amount).compareTo(value(limit)) > 0;
  }

  private static BigDecimal value(Tree amount) {
    return Scalars.amount(amount.text());
  }
}
