package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;

/// Leases: who leads. Writers compete, so that each must name the version it has seen.
final class LeaseRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.LEASE;
  }

  @Override
  public boolean updatesWithoutVersion() {
    return false;
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public boolean knowsFinalizers() {
    return false;
  }

  @Override
  public void validate(Tree lease, Problems problems) {
    long seconds = lease.number(1, "spec", "leaseDurationSeconds");
    if (seconds <= 0)
      problems.invalid("spec.leaseDurationSeconds", Tree.of(seconds), "must be greater than 0");
    long transitions = lease.number(0, "spec", "leaseTransitions");
    if (transitions < 0)
      problems.invalid(
          "spec.leaseTransitions", Tree.of(transitions), "must be greater than or equal to 0");
  }
}
