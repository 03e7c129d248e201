package dev.moorage.host.sim;

import dev.moorage.base.sim.SimTasks;
import java.util.function.Supplier;

/// The way into the simulated kernel: changes are numbered effects, the dead are refused, faults
/// strike.
final class Door {
  private final SimTasks tasks;
  private final Faults faults;

  Door(SimTasks tasks, Faults faults) {
    this.tasks = tasks;
    this.faults = faults;
  }

  <R> R change(String what, String on, Supplier<R> act) {
    return tasks.effect(
        what,
        on,
        () -> {
          faults.strike(what, on);
          return act.get();
        });
  }

  void change(String what, String on, Runnable act) {
    change(
        what,
        on,
        () -> {
          act.run();
          return true;
        });
  }

  <R> R look(String what, String on, Supplier<R> act) {
    tasks.refuseTheDead();
    faults.strike(what, on);
    return act.get();
  }
}
