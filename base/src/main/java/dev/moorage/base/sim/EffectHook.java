package dev.moorage.base.sim;

/// Stands beside every outside effect of a simulation: counts, checks invariants, kills groups.
///
/// While a hook runs, it is no task's call: doors neither refuse it nor number what it does.
@FunctionalInterface
public interface EffectHook {
  /// Called on both sides of each effect.
  void at(Effect effect, Moment moment);
}
