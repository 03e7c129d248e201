package dev.moorage.linux;

import dev.moorage.base.Lane;
import java.time.Duration;

/// How many kernel calls of one fate may run at once, and how long one may take.
///
/// @param mounts mounting, unmounting, the mount table, filesystem sizes and syncs
/// @param loops loop devices
/// @param files files and folders
/// @param ledgers durable small state; each ledger has a lane of its own with the width 1
/// @param tools mkfs and its like
/// @param sandboxes starting and ending pod processes
/// @param starting how long a pod's process may take until it runs
/// @param lettingGo how long a device or a mount that is let go may still be held by someone who
///   only looks at it
public record Settings(
    Fate mounts,
    Fate loops,
    Fate files,
    Duration ledgers,
    Fate tools,
    Fate sandboxes,
    Duration starting,
    Duration lettingGo) {

  /// One fate: calls that hang together.
  public record Fate(Lane lane, Duration atMost) {
    /// A fate with a lane of its name.
    ///
    /// @param atMost how long to wait for a free place and the call's end together
    public static Fate of(String name, int width, Duration atMost) {
      return new Fate(new Lane(name, width), atMost);
    }
  }

  /// Two minutes for mounts, one for loop devices and files, five for tools.
  public static final Settings DEFAULTS =
      new Settings(
          Fate.of("mounts", 8, Duration.ofMinutes(2)),
          Fate.of("loops", 4, Duration.ofMinutes(1)),
          Fate.of("files", 8, Duration.ofMinutes(1)),
          Duration.ofMinutes(1),
          Fate.of("tools", 4, Duration.ofMinutes(5)),
          Fate.of("sandboxes", 4, Duration.ofSeconds(30)),
          Duration.ofSeconds(20),
          Duration.ofSeconds(1));
}
