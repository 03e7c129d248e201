package dev.moorage.base.sim;

import dev.moorage.base.Lane;

/// The places of one lane of one process (outermost group).
final class SimLane {
  private final Lane lane;
  private int taken;

  SimLane(Lane lane) {
    this.lane = lane;
  }

  boolean hasPlace() {
    return taken < lane.width();
  }

  void take() {
    taken++;
  }

  void free() {
    taken--;
  }
}
