package dev.moorage.base.live;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Lane;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.base.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A group of virtual threads. One lock, `this`, held for moments only; a parent's is never taken
/// while an inner one is held.
final class LiveGroup implements Group {
  private final LiveTasks tasks;
  private final String name;
  private final @Nullable LiveGroup parent;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Set<LiveTask<?>> running = new LinkedHashSet<>(); // guarded by this
  private final Set<LiveGroup> inner = new LinkedHashSet<>(); // guarded by this
  private final List<LiveGate> waitedAt = new ArrayList<>(); // once per waiter; guarded by this

  LiveGroup(LiveTasks tasks, String name, @Nullable LiveGroup parent) {
    this.tasks = tasks;
    this.name = name;
    this.parent = parent;
  }

  @Override
  public String name() {
    return name;
  }

  String path() {
    return parent == null ? name : parent.path() + "/" + name;
  }

  @Override
  public Tasks tasks() {
    return tasks;
  }

  @Override
  public synchronized Group group(String name) {
    refuseClosed();
    var made = new LiveGroup(tasks, name, this);
    inner.add(made);
    return made;
  }

  @Override
  public synchronized <R> Task<R> start(String name, Callable<R> body) {
    refuseClosed();
    var task = new LiveTask<R>(this, name, body);
    running.add(task);
    task.begin(); // under the lock, so that a close finds a thread that it can interrupt
    return task;
  }

  @Override
  public void sleep(Duration duration) {
    try {
      if (closing.await(Live.nanos(duration), TimeUnit.NANOSECONDS))
        throw new Stopped("sleep in group " + path());
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new Stopped("sleep in group " + path());
    }
  }

  @Override
  public Gate newGate() {
    return new LiveGate(this);
  }

  @Override
  public <R> R inLane(Lane lane, Duration atMost, Callable<R> call) {
    refuseClosed();
    return tasks.lanes().run(lane, atMost, call);
  }

  @Override
  public Executor executor() {
    return command ->
        start(
            "executor",
            () -> {
              command.run();
              return true;
            });
  }

  @Override
  public void close() {
    beginToClose();
    boolean asked = false;
    for (var group : withInner()) asked |= group.awaitTasks();
    if (parent != null) parent.forget(this);
    if (asked) Thread.currentThread().interrupt();
  }

  private void beginToClose() {
    List<LiveGroup> groups;
    synchronized (this) {
      closing.countDown();
      waitedAt.forEach(LiveGate::groupCloses);
      for (var task : running) if (!task.isCalling()) task.interrupt();
      groups = List.copyOf(inner);
    }
    groups.forEach(LiveGroup::beginToClose);
  }

  private List<LiveGroup> withInner() {
    var all = new ArrayList<LiveGroup>();
    all.add(this);
    List<LiveGroup> groups;
    synchronized (this) {
      groups = List.copyOf(inner);
    }
    for (var group : groups) all.addAll(group.withInner());
    return all;
  }

  /// Waits for all but the caller; an interrupt does not shorten it.
  ///
  /// @return whether an interrupt came meanwhile
  private synchronized boolean awaitTasks() {
    boolean asked = false;
    while (running.stream().anyMatch(task -> !task.isCalling())) {
      try {
        wait();
      } catch (InterruptedException e) {
        asked = true;
      }
    }
    return asked;
  }

  private synchronized void forget(LiveGroup group) {
    inner.remove(group);
  }

  synchronized void ended(LiveTask<?> task) {
    running.remove(task);
    notifyAll();
  }

  synchronized void waits(LiveGate gate) {
    refuseClosed();
    waitedAt.add(gate);
  }

  synchronized void waitsNoMore(LiveGate gate) {
    waitedAt.remove(gate);
  }

  private void refuseClosed() {
    if (closing.getCount() == 0) throw new Stopped("group " + path() + " is closed");
  }
}
