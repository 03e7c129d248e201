package dev.moorage.base.live;

import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A task on a virtual thread of its own.
final class LiveTask<R> implements Task<R> {
  private final LiveGroup group;
  private final String name;
  private final Callable<R> body;
  private final Thread thread;
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable R result; // written before done, read after it; so is the failure
  private @Nullable Throwable failure;

  LiveTask(LiveGroup group, String name, Callable<R> body) {
    this.group = group;
    this.name = group.path() + "/" + name;
    this.body = body;
    this.thread = Thread.ofVirtual().name(this.name).unstarted(this::live);
  }

  void begin() {
    thread.start();
  }

  boolean isCalling() {
    return thread == Thread.currentThread();
  }

  private void live() {
    try {
      result = body.call();
    } catch (Throwable t) {
      failure = t; // kept for whoever awaits
    } finally {
      done.countDown();
      group.ended(this);
    }
  }

  @Override
  public R await() {
    try {
      if (!ended()) done.await();
    } catch (InterruptedException asked) {
      throw stopped();
    }
    return outcome();
  }

  @Override
  public Optional<R> await(Duration atMost) {
    try {
      if (!ended() && !done.await(Live.nanos(atMost), TimeUnit.NANOSECONDS))
        return Optional.empty();
    } catch (InterruptedException asked) {
      throw stopped();
    }
    return Optional.of(outcome());
  }

  private Stopped stopped() {
    Thread.currentThread().interrupt();
    return new Stopped("the end of task " + name);
  }

  @SuppressWarnings("NullAway") // a body that returns null has an awaiter that expects null
  private R outcome() {
    if (failure != null) throw Live.unchecked(failure, "task " + name);
    return result;
  }

  @Override
  public void interrupt() {
    thread.interrupt();
  }

  @Override
  public boolean ended() {
    return done.getCount() == 0;
  }

  @Override
  public String toString() {
    return name;
  }
}
