package dev.moorage.conformance.mutants;

import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import java.time.Duration;

/// The correct driver below a bug, for as long as the caller waits.
record Down(Csi correct, Duration atMost) {
  <R> R call(CsiCall<R> call) {
    return correct.call(call, atMost);
  }
}
