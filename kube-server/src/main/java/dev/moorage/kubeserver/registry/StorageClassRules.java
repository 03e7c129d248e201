package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.List;

/// Storage classes: what volumes are made of does not change afterwards.
final class StorageClassRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.STORAGE_CLASS;
  }

  @Override
  public void validate(Tree storageClass, Problems problems) {
    problems.requiredUnless(!storageClass.text("provisioner").isEmpty(), "provisioner");
    problems.supported("reclaimPolicy", storageClass.text("reclaimPolicy"), "Delete", "Retain");
    problems.supported(
        "volumeBindingMode",
        storageClass.text("volumeBindingMode"),
        "Immediate",
        "WaitForFirstConsumer");
    for (String key : storageClass.textMap("parameters").keySet())
      if (key.isEmpty()) problems.invalid("parameters", "", "field must not be empty");
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    for (String field : List.of("parameters", "provisioner", "reclaimPolicy"))
      problems.forbiddenUnless(
          now.at(field).equals(before.at(field)), field, "updates to " + field + " are forbidden.");
    problems.immutableUnless(
        now.at("volumeBindingMode").equals(before.at("volumeBindingMode")), "volumeBindingMode");
  }
}
