package dev.moorage.base.sim;

/// A side of an outside effect.
public enum Moment {
  /// The caller has asked, nothing has been done.
  BEFORE,
  /// It has been done (or has failed), the caller has no answer yet.
  AFTER
}
