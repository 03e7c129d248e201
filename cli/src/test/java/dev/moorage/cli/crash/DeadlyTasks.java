package dev.moorage.cli.crash;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Lane;
import dev.moorage.base.Task;
import dev.moorage.base.Tasks;
import dev.moorage.cli.crash.Point.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Counts the outside effects of this process and kills it at one of them.
final class DeadlyTasks implements Tasks {
  private static final int KILLED = 137;

  private final Tasks tasks;
  private Point point = Point.NEVER; // guarded by this, as are the next two
  private int count;
  private List<Effect> trace = new ArrayList<>();

  DeadlyTasks(Tasks tasks) {
    this.tasks = tasks;
  }

  /// Counts from the next effect on.
  synchronized void arm(Point next) {
    point = next;
    count = 0;
    trace = new ArrayList<>();
  }

  synchronized List<Effect> trace() {
    return List.copyOf(trace);
  }

  private synchronized int next() {
    return ++count;
  }

  private synchronized boolean dies(int effect, Moment moment) {
    return point.effect() == effect && point.moment() == moment;
  }

  private synchronized void note(Effect effect) {
    trace.add(effect);
  }

  /// No hook runs, no `finally`, no other thread.
  private static void die() {
    Runtime.getRuntime().halt(KILLED);
  }

  @Override
  public <R> R effect(String what, String on, Supplier<R> act) {
    int number = next();
    if (dies(number, Moment.BEFORE)) die();
    if (dies(number, Moment.DURING)) return dieWithin(act);
    long began = tasks.nanos();
    try {
      return tasks.effect(what, on, act);
    } finally {
      note(new Effect(what, on, (tasks.nanos() - began) / 1000));
      if (dies(number, Moment.AFTER)) die();
    }
  }

  /// The death is on its way: nothing comes after this effect, even when it ends before.
  private <R> R dieWithin(Supplier<R> act) {
    long micros = soon();
    var _ =
        Thread.ofPlatform()
            .start(() -> {
              LockSupport.parkNanos(micros * 1000);
              die();
            });
    try {
      return act.get();
    } finally {
      sleepForever();
    }
  }

  private static void sleepForever() {
    while (true) LockSupport.park();
  }

  private synchronized long soon() {
    return point.micros();
  }

  /// A group whose effects are counted here.
  Group over(Group group) {
    return new Counted(group);
  }

  @Override
  public Group group(String name) {
    return over(tasks.group(name));
  }

  @Override
  public Instant now() {
    return tasks.now();
  }

  @Override
  public long nanos() {
    return tasks.nanos();
  }

  @Override
  public void refuseTheDead() {
    tasks.refuseTheDead();
  }

  private final class Counted implements Group {
    private final Group group;

    Counted(Group group) {
      this.group = group;
    }

    @Override
    public String name() {
      return group.name();
    }

    @Override
    public Tasks tasks() {
      return DeadlyTasks.this;
    }

    @Override
    public Group group(String name) {
      return over(group.group(name));
    }

    @Override
    public <R> Task<R> start(String name, Callable<R> body) {
      return group.start(name, body);
    }

    @Override
    public void sleep(Duration duration) {
      group.sleep(duration);
    }

    @Override
    public Gate newGate() {
      return group.newGate();
    }

    @Override
    public <R> R inLane(Lane lane, Duration atMost, Callable<R> call) {
      return group.inLane(lane, atMost, call);
    }

    @Override
    public Executor executor() {
      return group.executor();
    }

    @Override
    public void close() {
      group.close();
    }
  }
}
