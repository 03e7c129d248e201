package dev.moorage.base.sim;

/// Unwinds a lane call whose deadline has passed; only [SimGroup#inLane] catches it. An error, so
/// that the call itself does not.
final class LaneOver extends Error {
  LaneOver() {
    super("the lane call is given up", null, false, false);
  }
}
