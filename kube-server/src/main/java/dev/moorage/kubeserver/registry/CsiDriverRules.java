package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import java.util.HashSet;
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
  public boolean countsGenerations() {
    return true;
  }

  /// The first change of the spec makes it generation 1.
  @Override
  public Tree prepareCreate(Tree object, Occasion occasion) {
    return withModes(object).without("metadata", "generation");
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

  private static final long SECONDS_AT_LEAST = 10;
  private static final long TOKEN_AT_LEAST = 600;
  private static final long TOKEN_AT_MOST = 1L << 32;

  @Override
  public void validate(Tree driver, Problems problems) {
    var spec = driver.at("spec");
    problems.supported(
        "spec.fsGroupPolicy",
        spec.text("fsGroupPolicy"),
        "File",
        "None",
        "ReadWriteOnceWithFSType");
    tokens(spec.at("tokenRequests").items(), problems);
    for (String mode : spec.textList("volumeLifecycleModes"))
      problems.supported("spec.volumeLifecycleModes", mode, "Persistent", "Ephemeral");
    var period = "nodeAllocatableUpdatePeriodSeconds";
    if (spec.number(SECONDS_AT_LEAST, period) < SECONDS_AT_LEAST)
      problems.invalid(
          "spec." + period, spec.at(period), "must be greater than or equal to 10 seconds");
  }

  private static void tokens(List<Tree> requests, Problems problems) {
    var audiences = new HashSet<String>();
    for (int i = 0; i < requests.size(); i++) {
      var field = "spec.tokenRequests[" + i + "]";
      var audience = requests.get(i).text("audience");
      if (!audiences.add(audience)) problems.duplicate(field + ".audience", audience);
      long seconds = requests.get(i).number(TOKEN_AT_LEAST, "expirationSeconds");
      var given = requests.get(i).at("expirationSeconds");
      if (seconds < TOKEN_AT_LEAST)
        problems.invalid(
            field + ".expirationSeconds", given, "may not specify a duration less than 10 minutes");
      if (seconds > TOKEN_AT_MOST)
        problems.invalid(
            field + ".expirationSeconds",
            given,
            "may not specify a duration larger than 2^32 seconds");
    }
  }

  @Override
  public List<String> warnings(Tree driver) {
    var spec = driver.at("spec");
    boolean told =
        spec.at("tokenRequests").items().isEmpty()
            || !spec.at("serviceAccountTokenInSecrets").isNothing();
    return told
        ? List.of()
        : List.of(
            "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to"
                + " true to prevent possible logging of tokens in volume attributes");
  }

  @Override
  public void validateChange(Tree now, Tree before, Problems problems) {
    // a real server misspells this one, and clients see it
    problems.immutable(
        "spec.attachedRequired",
        now.at("spec", "attachRequired"),
        before.at("spec", "attachRequired"));
    var modes = "volumeLifecycleModes";
    problems.immutable("spec." + modes, now.at("spec", modes), before.at("spec", modes));
  }
}
