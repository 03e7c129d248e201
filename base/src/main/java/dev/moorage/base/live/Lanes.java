package dev.moorage.base.live;

import static java.util.Objects.requireNonNullElse;

import dev.moorage.base.GivenUp;
import dev.moorage.base.Lane;
import dev.moorage.base.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The lanes of one process, made when first used.
final class Lanes {
  private static final int IDLE_SECONDS = 30;

  private final Map<Lane, ThreadPoolExecutor> lanes = new HashMap<>(); // guarded by this
  private final List<Call<?>> left = new ArrayList<>(); // given up, running; guarded by this

  <R> R run(Lane lane, Duration atMost, Callable<R> body) {
    if (!atMost.isPositive())
      throw new IllegalArgumentException("a lane call needs time, not " + atMost);
    var call = new Call<R>(lane, Thread.currentThread().getName(), body);
    threads(lane).execute(call);
    try {
      return call.get(Live.nanos(atMost), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      leave(call);
      throw new GivenUp(lane.name(), atMost);
    } catch (InterruptedException asked) {
      leave(call);
      Thread.currentThread().interrupt();
      throw new Stopped("a call in lane " + lane.name());
    } catch (ExecutionException failed) {
      throw Live.unchecked(
          requireNonNullElse(failed.getCause(), failed), "a call in lane " + lane.name());
    }
  }

  synchronized List<LiveTasks.Stuck> stuck() {
    return left.stream()
        .map(call -> new LiveTasks.Stuck(call.lane.name(), call.caller, call.leftAt))
        .toList();
  }

  /// A call that has not begun will never run; one that has begun is counted until it ends.
  private synchronized void leave(Call<?> call) {
    if (!call.cancel(false)) return;
    if (!call.begun) threads(call.lane).remove(call);
    else if (!call.over) {
      call.leftAt = Instant.now();
      left.add(call);
    }
  }

  private synchronized ThreadPoolExecutor threads(Lane lane) {
    return lanes.computeIfAbsent(lane, Lanes::newThreads);
  }

  /// A thread for each call that finds none idle, up to the lane's width. (By itself a pool starts
  /// threads up to its core size while others idle, and each holds a stack.)
  private static ThreadPoolExecutor newThreads(Lane lane) {
    var queue = new ToIdleThreads();
    var threads =
        new ThreadPoolExecutor(
            1,
            lane.width(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            Thread.ofPlatform().daemon().name("lane-" + lane.name() + "-", 1).factory(),
            (call, pool) -> keep(call, queue, pool));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// When all threads are busy. The last one may have ended meanwhile.
  private static void keep(Runnable call, ToIdleThreads queue, ThreadPoolExecutor threads) {
    queue.keep(call);
    var _ = threads.prestartCoreThread();
  }

  /// Takes an offer only for a thread that waits for one.
  private static final class ToIdleThreads extends LinkedTransferQueue<Runnable> {
    @Override
    public boolean offer(Runnable call) {
      return tryTransfer(call);
    }

    void keep(Runnable call) {
      var _ = super.offer(call);
    }
  }

  private final class Call<R> extends FutureTask<R> {
    private final Lane lane;
    private final String caller;
    private boolean begun; // guarded by Lanes.this, as are the next two
    private boolean over;
    private Instant leftAt = Instant.EPOCH;

    Call(Lane lane, String caller, Callable<R> body) {
      super(body);
      this.lane = lane;
      this.caller = caller;
    }

    @Override
    public void run() {
      synchronized (Lanes.this) {
        if (isCancelled()) return;
        begun = true;
      }
      try {
        super.run();
      } finally {
        synchronized (Lanes.this) {
          over = true;
          left.remove(this);
        }
      }
    }
  }
}
