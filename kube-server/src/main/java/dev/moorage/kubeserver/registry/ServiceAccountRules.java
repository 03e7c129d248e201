package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;

/// Service accounts: names only; nobody gets a token for one.
final class ServiceAccountRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.SERVICE_ACCOUNT;
  }
}
