package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What holds for every pod: its volumes, and the mounts of its containers.
final class PodChecks {
  private final Problems problems;
  private final List<Tree> volumes;

  private PodChecks(Tree pod, Problems problems) {
    this.problems = problems;
    this.volumes = pod.at("spec", "volumes").items();
  }

  static void check(Tree pod, Problems problems) {
    var checks = new PodChecks(pod, problems);
    checks.volumes();
    if (pod.at("spec", "containers").items().isEmpty()) problems.required("spec.containers", "");
    var names = new HashSet<String>();
    for (String list : List.of("containers", "initContainers"))
      checks.containers("spec." + list, pod.at("spec", list).items(), names);
    problems.supported(
        "spec.restartPolicy", pod.text("spec", "restartPolicy"), "Always", "OnFailure", "Never");
  }

  private void volumes() {
    var names = new HashSet<String>();
    for (int i = 0; i < volumes.size(); i++) {
      var field = "spec.volumes[" + i + "]";
      var volume = volumes.get(i);
      var name = volume.text("name");
      if (name.isEmpty()) problems.required(field + ".name", "");
      else Metas.label(field + ".name", name, problems);
      if (!names.add(name)) problems.duplicate(field + ".name", name);
      source(field, volume.without("name"));
    }
  }

  private void source(String field, Tree source) {
    var sources = new ArrayList<>(source.fields().keySet());
    for (String more : sources.subList(Math.min(1, sources.size()), sources.size()))
      problems.forbidden(field + "." + more, "may not specify more than 1 volume type");
    if (!source.at("persistentVolumeClaim").isNothing())
      problems.requiredUnless(
          !source.text("persistentVolumeClaim", "claimName").isEmpty(),
          field + ".persistentVolumeClaim.claimName");
  }

  private void containers(String list, List<Tree> containers, Set<String> names) {
    for (int i = 0; i < containers.size(); i++) {
      var field = list + "[" + i + "]";
      var container = containers.get(i);
      var name = container.text("name");
      if (name.isEmpty()) problems.required(field + ".name", "");
      else Metas.label(field + ".name", name, problems);
      if (!names.add(name)) problems.duplicate(field + ".name", name);
      problems.requiredUnless(!container.text("image").isEmpty(), field + ".image");
      uses(field + ".volumeMounts", "mountPath", container.at("volumeMounts").items());
      uses(field + ".volumeDevices", "devicePath", container.at("volumeDevices").items());
    }
  }

  private void uses(String list, String path, List<Tree> uses) {
    var paths = new HashSet<String>();
    for (int i = 0; i < uses.size(); i++) {
      var field = list + "[" + i + "]";
      var name = uses.get(i).text("name");
      var where = uses.get(i).text(path);
      if (name.isEmpty()) problems.required(field + ".name", "");
      else if (!hasVolume(name)) problems.notFound(field + ".name", name);
      if (where.isEmpty()) problems.required(field + "." + path, "");
      else if (!paths.add(where)) problems.invalid(field + "." + path, where, "must be unique");
    }
  }

  private boolean hasVolume(String name) {
    return volumes.stream().anyMatch(volume -> volume.text("name").equals(name));
  }
}
