package dev.moorage.base.sim;

import dev.moorage.base.Killed;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A task of a simulation: a virtual thread that runs only while it holds the baton. Whoever holds
/// the baton may touch any task's fields.
final class SimTask<R> implements Task<R> {
  /// So many refusals of one dead task mean that it catches its own death and goes on.
  private static final int REFUSALS_AT_MOST = 10_000;

  final SimGroup group;
  private final SimTasks tasks;
  private final String name;
  private final Callable<R> body;
  private final Thread thread;
  private volatile boolean baton;

  private boolean begun;
  private boolean ended;
  private boolean interrupted;
  private int refusals;
  private @Nullable R result;
  private @Nullable Throwable failure;

  /// What the task waits for: a gate, a task, a group, a lane; nothing while it runs or is ready.
  @Nullable Object waitsOn;

  /// The group through which it waits, beside its own.
  @Nullable SimGroup waitsIn;

  String waitsFor = "";
  long deadline = Schedule.FOREVER;

  /// The end of the innermost lane call that the task is in.
  long laneDeadline = Schedule.FOREVER;

  /// The lane call that the task is in hangs: it keeps its place when it is given up.
  boolean leftBehind;

  /// Runs a hook at present: what it calls is not the task's doing.
  boolean inHook;

  /// Thrown at the task's present wait: the simulation cannot go on.
  @Nullable RuntimeException stuck;

  /// Who gets the baton when this task ends; the next ready task where there is none.
  @Nullable SimTask<?> heir;

  SimTask(SimGroup group, String name, Callable<R> body) {
    this.group = group;
    this.tasks = group.simulation();
    this.name = group.path() + "/" + name;
    this.body = body;
    this.thread = Thread.ofVirtual().name(this.name).unstarted(this::live);
  }

  Thread thread() {
    return thread;
  }

  boolean begun() {
    return begun;
  }

  boolean isWaiting() {
    return waitsOn != null;
  }

  boolean isInterrupted() {
    return interrupted;
  }

  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  void giveBaton() {
    baton = true;
    if (begun) {
      LockSupport.unpark(thread);
    } else {
      begun = true;
      thread.start();
    }
  }

  void awaitBaton() {
    while (!baton) LockSupport.park(this);
    baton = false;
  }

  /// A dead task that never began just ends.
  void endUnbegun() {
    failure = new Killed(group.path());
    ended = true;
  }

  private void live() {
    baton = false;
    try {
      if (group.isDead()) throw new Killed(group.path());
      result = body.call();
    } catch (Throwable t) {
      failure = t; // kept for whoever awaits
    }
    end();
  }

  private void end() {
    ended = true;
    tasks.ended(this);
  }

  void refuseTheDead() {
    if (!group.isDead()) return;
    if (++refusals > REFUSALS_AT_MOST) {
      failure = new IllegalStateException("task " + name + " catches its own death and goes on");
      tasks.giveUp(this);
      end();
      while (true) LockSupport.park(this); // abandoned; nothing ever gives it the baton again
    }
    throw new Killed(group.path());
  }

  @Override
  public R await() {
    tasks.await(this, null, "the end of task " + name, Schedule.FOREVER, this::ended);
    return outcome();
  }

  @Override
  public Optional<R> await(Duration atMost) {
    long until = tasks.deadline(atMost);
    if (!tasks.await(this, null, "the end of task " + name, until, this::ended))
      return Optional.empty();
    return Optional.of(outcome());
  }

  @SuppressWarnings("NullAway") // a body that returns null has an awaiter that expects null
  R outcome() {
    tasks.seen(this);
    return switch (failure) {
      case null -> result;
      case Killed _ -> throw new Stopped("task " + name + " died");
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case InterruptedException _ -> throw new Stopped("task " + name);
      default ->
          throw new IllegalStateException(
              "task " + name + " failed: " + failure.getMessage(), failure);
    };
  }

  @Override
  public void interrupt() {
    if (tasks.callerIsDead()) return;
    stop();
  }

  void stop() {
    interrupted = true;
    tasks.wake(this);
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public String toString() {
    return name;
  }
}
