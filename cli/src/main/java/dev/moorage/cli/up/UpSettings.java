package dev.moorage.cli.up;

import dev.moorage.base.Bytes;
import dev.moorage.drivers.pool.Pool;
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
  /// Time to bring all pods and volumes to rest.
  static final Duration REST = Duration.ofSeconds(90);

  UpSettings {
    foreign = List.copyOf(foreign);
    if (loop.filter(pool -> pool.isBelow(Pool.Settings.LEAST)).isPresent())
      throw new IllegalArgumentException(
          "--pool-size is " + loop.get() + "; a pool has " + Pool.Settings.LEAST + " at least");
    if (foreign.isEmpty() && loop.isEmpty())
      throw new IllegalArgumentException(
          "--no-loop leaves no driver: name one with --driver unix:///path.sock");
  }
}
