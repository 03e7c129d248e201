package dev.moorage.nodeagent.registration;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version of the CSI specification that a plugin says it speaks.
record CsiVersion(int major, int minor, int patch) implements Comparable<CsiVersion> {
  private static final Pattern FORM =
      Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[-+].*)?");

  /// The highest version of major 1: 0.x is too old and 2.x too new for this agent.
  static Optional<CsiVersion> highest(List<String> versions) {
    return versions.stream()
        .flatMap(text -> parse(text).stream())
        .filter(version -> version.major == 1)
        .max(Comparator.naturalOrder());
  }

  private static Optional<CsiVersion> parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) return Optional.empty();
    return Optional.of(
        new CsiVersion(
            Integer.parseInt(form.group(1)),
            Integer.parseInt(form.group(2)),
            form.group(3) == null ? 0 : Integer.parseInt(form.group(3))));
  }

  @Override
  public int compareTo(CsiVersion other) {
    return Comparator.comparingInt(CsiVersion::major)
        .thenComparingInt(CsiVersion::minor)
        .thenComparingInt(CsiVersion::patch)
        .compare(this, other);
  }
}
