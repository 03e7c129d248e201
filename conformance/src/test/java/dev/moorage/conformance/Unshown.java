package dev.moorage.conformance;

import java.util.Map;
import java.util.TreeMap;

/// The wrong drivers that the suite does not find, each with the reason. They count as not found.
final class Unshown {
  private static final String WELL =
      "no call makes a volume unwell, so all volumes of a run are well";

  private Unshown() {}

  /// Reasons by the mutant's id.
  static Map<String, String> reasons() {
    var reasons = new TreeMap<String, String>();
    reasons.put(
        "attach-second-node-ok", "a volume of the loop driver is at one node: there is no second");
    reasons.put(
        "unstage-while-published",
        "arguable: the caller must unpublish first, and no rule says what else happens");
    reasons.put("health-unwell-not-told", WELL);
    reasons.put("health-unwell-not-listed", WELL);
    reasons.put("health-no-reason", WELL);
    reasons.put("health-twice-told", WELL);
    reasons.put("health-node-blind", WELL);
    reasons.put("condition-always-well", WELL);
    return reasons;
  }
}
