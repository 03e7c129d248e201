package dev.moorage.nodeagent;

import java.time.Instant;
import java.util.Optional;

/// Whether this node serves or rests: the one fact that all rooms of an agent read. Once it rests
/// it does so until the agent is started anew.
final class Duty {
  private volatile Optional<Instant> restsUntil = Optional.empty();

  /// @param lastKill when processes that do not listen are killed
  void rest(Instant lastKill) {
    restsUntil = Optional.of(lastKill);
  }

  /// While it rests: when its processes are killed at the latest.
  Optional<Instant> restsUntil() {
    return restsUntil;
  }

  boolean serves() {
    return restsUntil.isEmpty();
  }
}
