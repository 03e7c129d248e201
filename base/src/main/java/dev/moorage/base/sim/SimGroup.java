package dev.moorage.base.sim;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Lane;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.base.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A group of a simulation. Touched by the holder of the baton only.
final class SimGroup implements Group {
  private final SimTasks tasks;
  private final String name;
  private final @Nullable SimGroup parent;
  private final List<Runnable> deathwatch = new ArrayList<>();
  private final Map<Lane, SimLane> lanes = new LinkedHashMap<>(); // of an outermost group
  private boolean closed;
  private boolean dead;

  SimGroup(SimTasks tasks, String name, @Nullable SimGroup parent) {
    this.tasks = tasks;
    this.name = name;
    this.parent = parent;
  }

  SimTasks simulation() {
    return tasks;
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

  boolean isDead() {
    return dead || (parent != null && parent.isDead());
  }

  boolean isClosed() {
    return closed || (parent != null && parent.isClosed());
  }

  boolean isWithin(SimGroup outer) {
    return this == outer || (parent != null && parent.isWithin(outer));
  }

  boolean isOutermost() {
    return parent == null;
  }

  void die() {
    dead = true;
  }

  void watchDeath(Runnable freed) {
    deathwatch.add(freed);
  }

  /// An inner group has closed: its process lives on, and with it what the kernel holds for it.
  void handOnDeathwatch() {
    if (parent != null) parent.deathwatch.addAll(takeDeathwatch());
  }

  /// What the kernel would free at the end of a process, once.
  List<Runnable> takeDeathwatch() {
    var taken = List.copyOf(deathwatch);
    deathwatch.clear();
    return taken;
  }

  @Override
  public Group group(String name) {
    refuseEnded();
    return tasks.newGroup(name, this);
  }

  @Override
  public <R> Task<R> start(String name, Callable<R> body) {
    return tasks.start(this, name, body);
  }

  @Override
  public void sleep(Duration duration) {
    String where = "sleep in group " + path();
    tasks.refuseInterrupted(where);
    refuseEnded();
    if (duration.isPositive())
      tasks.await(new Object(), this, where, tasks.deadline(duration), () -> false);
    else tasks.refuseTheDead();
  }

  @Override
  public Gate newGate() {
    return new SimGate(this);
  }

  @Override
  public <R> R inLane(Lane lane, Duration atMost, Callable<R> call) {
    if (!atMost.isPositive())
      throw new IllegalArgumentException("a lane call needs time, not " + atMost);
    tasks.refuseInterrupted("a call in lane " + lane.name());
    refuseEnded();
    return tasks.inLane(this, laneOf(lane), lane, atMost, call);
  }

  private SimLane laneOf(Lane lane) {
    return parent == null ? lanes.computeIfAbsent(lane, SimLane::new) : parent.laneOf(lane);
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
    if (tasks.callerIsDead()) return; // a dead process ends nothing in good order
    closed = true;
    tasks.close(this);
  }

  void refuseEnded() {
    tasks.refuseDeadCaller();
    if (isDead()) throw new Stopped("group " + path() + " is dead");
    if (isClosed()) throw new Stopped("group " + path() + " is closed");
  }
}
