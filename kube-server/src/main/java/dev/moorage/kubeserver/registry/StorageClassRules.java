package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Storage classes: what volumes are made of does not change afterwards.
final class StorageClassRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.STORAGE_CLASS;
  }

  private static final int PARAMETERS_AT_MOST = 512;
  private static final int PARAMETER_BYTES = 256 * 1024;

  @Override
  public void validate(Tree storageClass, Problems problems) {
    provisioner("provisioner", storageClass.text("provisioner"), problems);
    parameters(storageClass.textMap("parameters"), problems);
    problems.supported("reclaimPolicy", storageClass.text("reclaimPolicy"), "Delete", "Retain");
    problems.supported(
        "volumeBindingMode",
        storageClass.text("volumeBindingMode"),
        "Immediate",
        "WaitForFirstConsumer");
    SelectorChecks.topology(
        "allowedTopologies", storageClass.at("allowedTopologies").items(), problems);
  }

  /// The name of a driver as classes give it; capitals count as small letters.
  static void provisioner(String field, String name, Problems problems) {
    if (name.isEmpty()) {
      problems.required(field, "");
      return;
    }
    var small = name.toLowerCase(Locale.ROOT);
    problems.misnamed(field, small, Names.qualified(small));
  }

  static void parameters(Map<String, String> parameters, Problems problems) {
    if (parameters.size() > PARAMETERS_AT_MOST) {
      problems.tooLong("parameters", PARAMETERS_AT_MOST);
      return;
    }
    long bytes = 0;
    for (var entry : parameters.entrySet()) {
      if (entry.getKey().isEmpty()) problems.invalid("parameters", "", "field can not be empty.");
      bytes += entry.getKey().length() + entry.getValue().length();
    }
    if (bytes > PARAMETER_BYTES) problems.tooLong("parameters", PARAMETER_BYTES);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    for (String field : List.of("parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"))
      problems.immutable(field, now.at(field), before.at(field));
  }
}
