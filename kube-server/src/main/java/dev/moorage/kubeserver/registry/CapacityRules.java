package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.List;

/// How much a driver could still make: the amounts change, the place does not.
final class CapacityRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.CAPACITY;
  }

  @Override
  public boolean updatesWithoutVersion() {
    return false;
  }

  @Override
  public void validate(Tree capacity, Problems problems) {
    var name = capacity.text("storageClassName");
    problems.misnamed("storageClassName", name, Names.subdomain(name));
    SelectorChecks.labels("nodeTopology", capacity.at("nodeTopology"), problems);
    for (String field : List.of("capacity", "maximumVolumeSize"))
      if (Amounts.isNegative(capacity.at(field)))
        problems.invalid(field, capacity.at(field), "must be greater than or equal to 0");
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    for (String field : List.of("storageClassName", "nodeTopology"))
      problems.immutable(field, now.at(field), before.at(field));
  }
}
