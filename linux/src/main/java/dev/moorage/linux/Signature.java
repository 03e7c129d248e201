package dev.moorage.linux;

import java.util.Optional;
import java.util.Set;

/// What `blkid -p -o export` says about a device.
///
/// Source: `blkid(8)`: exit code 2 for nothing found, 8 for several signatures at once.
final class Signature {
  static final int NOTHING_FOUND = 2;
  private static final int SEVERAL = 8;
  static final String UNKNOWN = "unknown";
  private static final Set<String> OURS = Set.of("xfs", "ext4", "btrfs");

  private Signature() {}

  /// Reads the answer.
  ///
  /// @return `xfs`, `ext4`, `btrfs`, `unknown` for whatever else must not be overwritten; empty for
  ///   nothing found, and for a failure
  static Optional<String> of(int exitCode, String said) {
    if (exitCode == SEVERAL) return Optional.of(UNKNOWN);
    if (exitCode != 0) return Optional.empty();
    var type = said.lines().filter(line -> line.startsWith("TYPE=")).findFirst();
    boolean parted = said.lines().anyMatch(line -> line.startsWith("PTTYPE="));
    if (type.isEmpty() || parted) return Optional.of(UNKNOWN);
    var name = type.get().substring("TYPE=".length());
    return Optional.of(OURS.contains(name) ? name : UNKNOWN);
  }
}
