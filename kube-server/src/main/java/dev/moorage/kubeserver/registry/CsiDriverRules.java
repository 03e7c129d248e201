package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.List;

/// What Kubernetes must know of a driver.
final class CsiDriverRules implements Rules {
  @Override
  public Kind<?> kind() {
    return Kinds.CSI_DRIVER;
  }

  @Override
  public boolean updatesWithoutVersion() {
    return false;
  }

  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    return withModes(object);
  }

  @Override
  public Tree prepareUpdate(Tree now, Tree before, Occasion occasion) {
    return withModes(now);
  }

  private static Tree withModes(Tree driver) {
    return driver.at("spec", "volumeLifecycleModes").isNothing()
        ? driver.with(Tree.texts(List.of("Persistent")), "spec", "volumeLifecycleModes")
        : driver;
  }

  @Override
  public void validate(Tree driver, Problems problems) {
    var spec = driver.at("spec");
    problems.supported(
        "spec.fsGroupPolicy",
        spec.text("fsGroupPolicy"),
        "ReadWriteOnceWithFSType",
        "File",
        "None");
    for (String mode : spec.textList("volumeLifecycleModes"))
      problems.supported("spec.volumeLifecycleModes", mode, "Ephemeral", "Persistent");
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    for (String field : List.of("attachRequired", "volumeLifecycleModes"))
      problems.immutableUnless(
          now.at("spec", field).equals(before.at("spec", field)), "spec." + field);
  }
}
