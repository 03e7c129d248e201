package dev.moorage.controlplane.placement;

import dev.moorage.base.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// On which nodes a claim's provisioning has been tried, in order: kept in an annotation of the
/// claim, written together with the selected node. A provisioner that fails for good takes the
/// selected node away; this is what tells placement where not to go next, also after a restart.
record Tries(List<Try> tries) {
  static final String ANNOTATION = "placement.moorage.dev/tried-nodes";

  /// None yet.
  static final Tries NONE = new Tries(List.of());

  private static final int KEPT = 16;

  Tries {
    tries = List.copyOf(tries);
  }

  /// One try.
  record Try(String node, Instant when) {}

  /// Reads the annotation's text; what cannot be read counts as never tried.
  static Tries of(String text) {
    var tries = new ArrayList<Try>();
    for (String one : text.split(",", -1)) {
      int at = one.indexOf('@');
      if (at > 0 && one.substring(at + 1).matches("\\d{1,12}"))
        tries.add(
            new Try(
                one.substring(0, at),
                Instant.ofEpochSecond(Long.parseLong(one.substring(at + 1)))));
    }
    return new Tries(tries);
  }

  boolean include(String node) {
    return tries.stream().anyMatch(one -> one.node().equals(node));
  }

  /// How long to wait before the next try.
  Duration left(Instant now, Backoff backoff) {
    if (tries.isEmpty()) return Duration.ZERO;
    return Duration.between(now, tries.getLast().when().plus(backoff.after(tries.size())));
  }

  Tries and(String node, Instant now) {
    var all = new ArrayList<>(tries);
    all.add(new Try(node, now.truncatedTo(ChronoUnit.SECONDS)));
    return new Tries(all.subList(Math.max(0, all.size() - KEPT), all.size()));
  }

  /// The annotation's text.
  String text() {
    return String.join(
        ",", tries.stream().map(one -> one.node() + "@" + one.when().getEpochSecond()).toList());
  }
}
