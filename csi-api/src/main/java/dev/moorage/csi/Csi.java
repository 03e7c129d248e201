package dev.moorage.csi;

import java.time.Duration;

/// A CSI driver, wherever it lives. Both sides of the wire are this interface.
public interface Csi {

  /// Makes a call and waits for its answer. May be called from any task.
  ///
  /// @param atMost how long to wait; the driver's work never ends because this time did
  /// @throws CsiException the driver's refusal, or a failure on the way; whether the work may go on
  ///   is [Certainty]
  <R> R call(CsiCall<R> call, Duration atMost);
}
