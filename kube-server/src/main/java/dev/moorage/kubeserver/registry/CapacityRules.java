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
    problems.requiredUnless(!capacity.text("storageClassName").isEmpty(), "storageClassName");
    for (String field : List.of("capacity", "maximumVolumeSize"))
      if (capacity.text(field).startsWith("-"))
        problems.invalid(field, capacity.text(field), "must be greater than or equal to 0");
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    for (String field : List.of("storageClassName", "nodeTopology"))
      problems.immutableUnless(now.at(field).equals(before.at(field)), field);
  }
}
