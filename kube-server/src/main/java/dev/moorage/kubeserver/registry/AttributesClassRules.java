package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.List;

/// Volume attributes classes: what a class means does not change afterwards.
///
/// A real server holds one by `kubernetes.io/vac-protection` while it is in use; here nobody would
/// let it go, so that it is not held.
final class AttributesClassRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.ATTRIBUTES_CLASS;
  }

  @Override
  public void validate(Tree attributesClass, Problems problems) {
    StorageClassRules.provisioner("driverName", attributesClass.text("driverName"), problems);
    var parameters = attributesClass.textMap("parameters");
    if (parameters.isEmpty())
      problems.required("parameters", "must contain at least one key/value pair");
    StorageClassRules.parameters(parameters, problems);
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    for (String field : List.of("driverName", "parameters"))
      problems.forbiddenUnless(
          now.at(field).equals(before.at(field)), field, "updates to " + field + " are forbidden.");
  }
}
