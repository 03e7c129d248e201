package dev.moorage.base.sim;

import dev.moorage.base.GivenUp;
import dev.moorage.base.Group;
import dev.moorage.base.Killed;
import dev.moorage.base.Lane;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.base.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A simulation: its tasks run one at a time, in simulated time, and the same seed gives the same
/// run.
///
/// Build the world over it, then [#run] the main task; everything else ends with that. Calls from
/// outside a run (set-up, checks afterwards) act at once and are not numbered.
///
/// Where a task of one group starts a task in another (an in-process driver): the caller alone is
/// refused with [Killed] when its own group is dead; a dead or closed target, or a target that dies
/// while the caller waits, is [Stopped] for a caller that lives.
public final class SimTasks implements Tasks {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int STUCK_SECONDS = 60;

  private final Schedule schedule;
  private final SimGroup home = new SimGroup(this, "main", null);
  private final List<SimGroup> groups = new ArrayList<>(); // all that are not closed
  private final List<Effect> trace = new ArrayList<>();
  private final List<EffectHook> hooks = new ArrayList<>();
  private final List<SimTask<?>> failedUnseen = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private @Nullable SimTask<?> first;

  private SimTasks(@Nullable Draw draw) {
    this.schedule = new Schedule(draw);
  }

  /// A simulation on the plain schedule: a task runs until it waits, then the first ready one.
  /// Golden traces are taken on it.
  public static SimTasks plain() {
    return new SimTasks(null);
  }

  /// A simulation whose next task is drawn at every switch point.
  ///
  /// @param seed equal seeds give equal runs
  public static SimTasks seeded(long seed) {
    return new SimTasks(new Draw(seed));
  }

  /// Runs the main task to its end, in the group [#home]; then kills all other tasks and waits
  /// until they have unwound.
  ///
  /// @throws IllegalStateException when all tasks wait for ever (thrown into the main task, names
  ///   all of them), when no time passes any more, or when a task takes a lock across a switch
  ///   point; a failure of the main task is thrown as it was, with the failures of other tasks that
  ///   nobody awaited as suppressed ones
  public void run(Runnable main) {
    call(() -> {
      main.run();
      return true;
    });
  }

  /// Like [#run], with a result; a checked exception comes as the cause of an
  /// [IllegalStateException].
  public <R> R call(Callable<R> main) {
    if (first != null) throw new IllegalStateException("a simulation runs once");
    var task = new SimTask<R>(home, "main", main);
    first = task;
    schedule.begin(task);
    awaitEnd();
    task.failure()
        .ifPresent(failure ->
            failedUnseen.stream()
                .filter(other -> other != task)
                .flatMap(other -> other.failure().stream())
                .forEach(failure::addSuppressed));
    return task.outcome();
  }

  private void awaitEnd() {
    try {
      long seen = -1;
      while (!over.await(STUCK_SECONDS, TimeUnit.SECONDS)) {
        if (schedule.switches() == seen) throw holdsTheBaton();
        seen = schedule.switches();
      }
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
      throw new Stopped("the end of the simulation");
    }
  }

  private IllegalStateException holdsTheBaton() {
    var task = schedule.running();
    var report =
        new IllegalStateException(
            task + " does not come back (a lock held across a Tasks call?); it stands at:");
    if (task != null) report.setStackTrace(task.thread().getStackTrace());
    return report;
  }

  /// The group of the main task, for its own sleeps and gates. It is never killed.
  public Group home() {
    return home;
  }

  @Override
  public Group group(String name) {
    return newGroup(name, null);
  }

  SimGroup newGroup(String name, @Nullable SimGroup parent) {
    var made = new SimGroup(this, name, parent);
    groups.add(made);
    return made;
  }

  @Override
  public Instant now() {
    return START.plusNanos(schedule.time());
  }

  @Override
  public long nanos() {
    return schedule.time();
  }

  @Override
  public void refuseTheDead() {
    var me = caller();
    if (me == null) return;
    switchPoint(me);
  }

  @Override
  public <R> R effect(String what, String on, Supplier<R> act) {
    var me = caller();
    if (me == null) return act.get();
    switchPoint(me);
    var effect = new Effect(trace.size() + 1, me.group.path(), what, on);
    trace.add(effect);
    callHooks(me, effect, Moment.BEFORE);
    R answer;
    try {
      answer = act.get();
    } catch (RuntimeException refused) {
      callHooks(me, effect, Moment.AFTER);
      throw refused;
    }
    callHooks(me, effect, Moment.AFTER);
    switchPoint(me);
    return answer;
  }

  /// The outside effects so far, in order.
  public List<Effect> trace() {
    return Collections.unmodifiableList(trace);
  }

  /// Has a hook called on both sides of every effect from now on.
  public void onEffect(EffectHook hook) {
    hooks.add(hook);
  }

  private void callHooks(SimTask<?> me, Effect effect, Moment moment) {
    asHook(me, () -> hooks.forEach(hook -> hook.at(effect, moment)));
    me.refuseTheDead();
  }

  private static void asHook(@Nullable SimTask<?> holder, Runnable hook) {
    if (holder == null || holder.inHook) {
      hook.run();
      return;
    }
    holder.inHook = true;
    try {
      hook.run();
    } finally {
      holder.inHook = false;
    }
  }

  /// Kills a group and its inner groups at this instant: every door refuses their tasks from now
  /// on, what the kernel would free is freed, and their tasks have unwound when this returns (a
  /// task that kills its own group unwinds from here).
  ///
  /// @throws Killed when the caller belongs to the group
  public void kill(Group group) {
    var me = caller();
    if (me != null) me.refuseTheDead();
    var dying = own(group);
    if (dying == home) throw new IllegalArgumentException("the main task's group is not killed");
    if (dying.isDead()) return;
    dying.die();
    free(dying);
    unwind(dying);
    schedule.wakeAll(task -> task.waitsIn != null && task.waitsIn.isWithin(dying));
    if (me != null) me.refuseTheDead();
  }

  /// Kills every group but [#home].
  public void killAll() {
    for (var group : List.copyOf(groups)) if (group.isOutermost()) kill(group);
  }

  /// Whether a group, or one around it, was killed.
  public boolean dead(Group group) {
    return own(group).isDead();
  }

  /// The group of the calling task; empty outside a run and in hooks.
  public Optional<Group> current() {
    return Optional.ofNullable(caller()).map(task -> task.group);
  }

  /// Has something freed when a group dies, as the kernel does at the end of a process: at its
  /// kill, before its tasks unwind, or after the close of its outermost group; once.
  public void onDeath(Group group, Runnable freed) {
    own(group).watchDeath(freed);
  }

  /// Hangs the calling task as a call does that the kernel never answers: for ever, or until the
  /// lane call around it is given up, or its group is killed. An interrupt ends it in a lane only.
  ///
  /// @param what for the report of a deadlock
  public void hang(String what) {
    var me = task("hang");
    boolean inLane = me.laneDeadline != Schedule.FOREVER;
    me.leftBehind = inLane;
    while (true) {
      if (inLane && me.isInterrupted()) throw new Stopped(what + " hangs");
      pause(me, this, null, what + ", which hangs", Schedule.FOREVER);
    }
  }

  /// Failures of tasks that nobody has awaited, for reports.
  public List<String> unseenFailures() {
    return failedUnseen.stream().map(task -> task + ": " + task.failure().orElseThrow()).toList();
  }

  <R> Task<R> start(SimGroup group, String name, Callable<R> body) {
    group.refuseEnded();
    var task = new SimTask<R>(group, name, body);
    schedule.add(task);
    var me = caller();
    if (me != null) switchPoint(me);
    return task;
  }

  /// Waits until a condition holds; whoever makes it true wakes those who wait `on` it.
  ///
  /// @param through the group whose end stops the wait, beside the caller's own
  /// @return whether it held before the deadline
  boolean await(
      Object on, @Nullable SimGroup through, String where, long deadline, BooleanSupplier holds) {
    var me = task(where);
    switchPoint(me);
    while (!holds.getAsBoolean()) {
      if (me.isInterrupted()) throw new Stopped(where);
      if (through != null && (through.isClosed() || through.isDead())) throw new Stopped(where);
      if (schedule.time() >= deadline) return false;
      pause(me, on, through, where, deadline);
    }
    return true;
  }

  private void pause(
      SimTask<?> me, Object on, @Nullable SimGroup through, String where, long deadline) {
    if (schedule.time() >= me.laneDeadline) throw new LaneOver();
    me.waitsOn = on;
    me.waitsIn = through;
    me.waitsFor = where;
    me.deadline = Math.min(deadline, me.laneDeadline);
    try {
      schedule.pause(me);
    } finally {
      me.deadline = Schedule.FOREVER;
    }
    me.refuseTheDead();
  }

  <R> R inLane(SimGroup group, SimLane places, Lane lane, Duration atMost, Callable<R> call) {
    var me = task("a call in lane " + lane.name());
    long outer = me.laneDeadline;
    long mine = deadline(atMost);
    me.laneDeadline = Math.min(outer, mine);
    try {
      String where = "a place in lane " + lane.name();
      await(places, group, where, Schedule.FOREVER, places::hasPlace);
      return atPlace(me, places, lane, call);
    } catch (LaneOver given) {
      if (schedule.time() < mine) throw given; // the lane call around this one is over
      throw new GivenUp(lane.name(), atMost);
    } finally {
      me.laneDeadline = outer;
    }
  }

  private <R> R atPlace(SimTask<?> me, SimLane places, Lane lane, Callable<R> call) {
    places.take();
    try {
      return call.call();
    } catch (LaneOver given) {
      me.leftBehind = true;
      throw given;
    } catch (RuntimeException failed) {
      throw failed;
    } catch (Exception failed) {
      throw new IllegalStateException(
          "a call in lane " + lane.name() + " failed: " + failed.getMessage(), failed);
    } finally {
      if (!me.leftBehind) places.free();
      me.leftBehind = false;
      wakeWaitersOn(places);
    }
  }

  void close(SimGroup group) {
    var me = caller();
    for (var task : schedule.alive()) if (task != me && task.group.isWithin(group)) task.stop();
    schedule.wakeAll(task -> task.waitsIn != null && task.waitsIn.isWithin(group));
    if (me == null) return;
    switchPoint(me);
    while (hasOthers(group, me))
      pause(me, group, null, "the end of group " + group.path(), Schedule.FOREVER);
    if (group.isOutermost()) free(group);
    for (var inner : groups.reversed()) if (inner.isWithin(group)) inner.handOnDeathwatch();
    groups.removeIf(other -> other.isWithin(group));
  }

  private boolean hasOthers(SimGroup group, SimTask<?> me) {
    return schedule.alive().stream().anyMatch(task -> task != me && task.group.isWithin(group));
  }

  private void free(SimGroup ended) {
    var holder = schedule.running();
    for (var group : List.copyOf(groups))
      if (group.isWithin(ended))
        asHook(holder, () -> group.takeDeathwatch().forEach(Runnable::run));
  }

  private void unwind(SimGroup dying) {
    var holder = schedule.running();
    for (var task : List.copyOf(schedule.alive())) {
      if (task == holder || !task.group.isWithin(dying)) continue;
      if (!task.begun()) {
        task.endUnbegun();
        schedule.drop(task);
        wakeWaitersOn(task);
      } else if (holder != null) {
        schedule.unwind(holder, task);
      }
    }
  }

  /// Passes the baton on. After the main task, everything else goes too; nothing is freed then: an
  /// end of the simulation is no crash.
  void ended(SimTask<?> task) {
    var failure = task.failure().orElse(null);
    boolean told = failure == null || failure instanceof Stopped || failure instanceof Killed;
    if (!told && !task.group.isDead()) failedUnseen.add(task);
    schedule.wakeAll(waiter ->
        waiter.waitsOn == task
            || (waiter.waitsOn instanceof SimGroup group && task.group.isWithin(group)));
    boolean last = task == first;
    if (last) {
      home.die();
      unwind(home);
      for (var group : groups) group.die();
      for (var group : List.copyOf(groups)) unwind(group);
    }
    schedule.end(task);
    if (last) over.countDown();
  }

  /// A dead task that goes on fails the whole run.
  void giveUp(SimTask<?> task) {
    failedUnseen.add(task);
    if (first != null && first != task)
      first.stuck =
          new IllegalStateException("task " + task + " catches its own death and goes on");
  }

  void seen(SimTask<?> task) {
    failedUnseen.remove(task);
  }

  void wake(SimTask<?> task) {
    schedule.wake(task);
  }

  @SuppressWarnings("ReferenceEquality") // a wait is for this very gate, task or lane
  void wakeWaitersOn(Object on) {
    schedule.wakeAll(task -> task.waitsOn == on);
  }

  long deadline(Duration wait) {
    try {
      return Math.addExact(schedule.time(), Math.max(0, wait.toNanos()));
    } catch (ArithmeticException tooLong) {
      return wait.isNegative() ? schedule.time() : Schedule.FOREVER;
    }
  }

  boolean callerIsDead() {
    var me = caller();
    return me != null && me.group.isDead();
  }

  void refuseDeadCaller() {
    var me = caller();
    if (me != null) me.refuseTheDead();
  }

  void refuseInterrupted(String where) {
    var me = task(where);
    me.refuseTheDead();
    if (me.isInterrupted()) throw new Stopped(where);
  }

  private void switchPoint(SimTask<?> me) {
    me.refuseTheDead();
    schedule.switchPoint(me);
    me.refuseTheDead();
  }

  private SimTask<?> task(String wish) {
    var me = caller();
    if (me == null)
      throw new IllegalStateException("only a task of the running simulation may wait: " + wish);
    return me;
  }

  private @Nullable SimTask<?> caller() {
    var running = schedule.running();
    if (running == null) return null;
    if (running.thread() != Thread.currentThread())
      throw new IllegalStateException(
          "thread " + Thread.currentThread().getName() + " is no task of this simulation");
    return running.inHook ? null : running;
  }

  private SimGroup own(Group group) {
    if (group instanceof SimGroup mine && mine.simulation() == this) return mine;
    throw new IllegalArgumentException("group " + group.name() + " is of other tasks");
  }
}
