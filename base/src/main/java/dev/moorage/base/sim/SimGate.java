package dev.moorage.base.sim;

import dev.moorage.base.Gate;
import java.time.Duration;

final class SimGate implements Gate {
  private final SimGroup group;
  private final SimTasks tasks;
  private boolean open;

  SimGate(SimGroup group) {
    this.group = group;
    this.tasks = group.simulation();
  }

  @Override
  public boolean await(Duration atMost) {
    tasks.refuseInterrupted("a gate of group " + group.path());
    return tasks.await(
        this, group, "a gate of group " + group.path(), tasks.deadline(atMost), () -> open);
  }

  @Override
  public void open() {
    if (tasks.callerIsDead()) return;
    open = true;
    tasks.wakeWaitersOn(this);
  }
}
