package dev.moorage.base.live;

import dev.moorage.base.Gate;
import dev.moorage.base.Stopped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A gate that also lets everybody through when its group closes: they leave with [Stopped].
final class LiveGate implements Gate {
  private final LiveGroup group;
  private final CountDownLatch passable = new CountDownLatch(1);
  private volatile boolean open;

  LiveGate(LiveGroup group) {
    this.group = group;
  }

  @Override
  public boolean await(Duration atMost) {
    group.waits(this);
    try {
      boolean passed = passable.await(Live.nanos(atMost), TimeUnit.NANOSECONDS);
      if (passed && !open) throw new Stopped("a gate of group " + group.path());
      return passed;
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new Stopped("a gate of group " + group.path());
    } finally {
      group.waitsNoMore(this);
    }
  }

  @Override
  public void open() {
    open = true;
    passable.countDown();
  }

  void groupCloses() {
    passable.countDown();
  }
}
