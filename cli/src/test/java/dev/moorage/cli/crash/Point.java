package dev.moorage.cli.crash;

import java.util.Locale;

/// Where a driver's process dies.
///
/// @param effect its number since counting began, from 1; 0 for nowhere
/// @param micros how long the effect has gone on by then; only [Moment#DURING]
record Point(int effect, Moment moment, long micros) {
  static final Point NEVER = new Point(0, Moment.BEFORE, 0);

  enum Moment {
    BEFORE,
    /// The kernel, or a tool, is at it.
    DURING,
    AFTER
  }

  /// As [#parse] reads it.
  String line() {
    return effect + " " + moment + " " + micros;
  }

  static Point parse(String effect, String moment, String micros) {
    return new Point(Integer.parseInt(effect), Moment.valueOf(moment), Long.parseLong(micros));
  }

  @Override
  public String toString() {
    var side = moment.name().toLowerCase(Locale.ROOT);
    return side + " effect " + effect + (moment == Moment.DURING ? ", " + micros + " µs in" : "");
  }
}
