package dev.moorage.drivermain;

import java.util.function.LongSupplier;

/// Lets the JVM give memory back after work: by itself it collects only when its heap is full, so
/// what a busy minute has left would stay resident for days.
final class Rest {
  /// Fewer calls than this between two looks are a rest: the kubelet asks a driver now and then.
  private static final long FEW = 20;

  /// More calls than this since the last collection are work.
  private static final long WORK = 100;

  private final LongSupplier calls;
  private final Runnable collect;
  private long seen;
  private long collected;

  /// @param calls how many there were so far
  Rest(LongSupplier calls, Runnable collect) {
    this.calls = calls;
    this.collect = collect;
  }

  /// To be called now and then, by one task.
  void look() {
    long now = calls.getAsLong();
    if (now - seen < FEW && now - collected > WORK) {
      collect.run();
      collected = now;
    }
    seen = now;
  }
}
