package dev.moorage.cli.up;

import dev.moorage.base.Bytes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// How a house is started.
///
/// @param state its folder
/// @param foreign endpoints of drivers that others run
/// @param loop whether our loop driver is started, and with what pool
/// @param port the API's; empty for the one it had last, or any free one
/// @param node the Node's name; empty for the one it had last, or one made of the machine's
/// @param told how much is said about each step
record UpSettings(
    Path state,
    List<String> foreign,
    Optional<Bytes> loop,
    OptionalInt port,
    Optional<String> node,
    StepLines.Told told) {
  /// Time for a start until everything of ours answers.
  static final Duration START = Duration.ofSeconds(60);

  /// Time to bring all pods and volumes to rest.
  static final Duration REST = Duration.ofSeconds(90);

  private static final Bytes LEAST_POOL = Bytes.mebi(512);

  UpSettings {
    foreign = List.copyOf(foreign);
    if (loop.filter(pool -> pool.isBelow(LEAST_POOL)).isPresent())
      throw new IllegalArgumentException(
          "--pool-size is " + loop.get() + "; a pool has " + LEAST_POOL + " at least");
    if (foreign.isEmpty() && loop.isEmpty())
      throw new IllegalArgumentException(
          "--no-loop leaves no driver: name one with --driver unix:///path.sock");
  }
}
