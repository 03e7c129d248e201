package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import java.util.List;

/// The rules of all kinds.
final class RuleBook {
  private RuleBook() {}

  private static final List<Rules> ALL =
      List.of(
          new NamespaceRules(),
          new PodRules(),
          new NodeRules(),
          new ClaimRules(),
          new VolumeRules(),
          new EventRules(),
          new SecretRules(),
          new ConfigMapRules(),
          new ServiceAccountRules(),
          new LeaseRules(),
          new StorageClassRules(),
          new AttachmentRules(),
          new CsiDriverRules(),
          new CsiNodeRules(),
          new CapacityRules(),
          new AttributesClassRules());

  /// @throws KubeException `NotFound` for a kind that nobody serves
  static Rules of(Kind<?> kind) {
    for (Rules rules : ALL) if (rules.kind().sameAs(kind)) return rules;
    throw new KubeException(
        KubeException.Reason.NotFound, "the server could not find the requested resource");
  }
}
