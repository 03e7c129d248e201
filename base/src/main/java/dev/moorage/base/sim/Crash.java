package dev.moorage.base.sim;

/// A crash at one side of one effect.
///
/// @param effect the effect's number, 1 or more
/// @param moment on which side of it
/// @param action what happens there, e.g. [SimTasks#kill] of a group
public record Crash(int effect, Moment moment, Runnable action) implements EffectHook {

  @Override
  public void at(Effect seen, Moment now) {
    if (seen.number() == effect && now == moment) action.run();
  }
}
