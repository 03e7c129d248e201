package dev.moorage.host.sim;

import dev.moorage.base.sim.SimTasks;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.util.ArrayList;
import java.util.List;

/// Failures to come: each strikes one call, before the call has done anything.
///
/// Calls are named as in the trace of effects (`mount`, `loop attach`, `ledger put`, ...); those
/// that only read have names too: `look`, `names`, `read`, `table`, `loops`, `device`, `probe`,
/// `usage`, `extents`, `watch`, `changed`, `running`, `ended`, `exit code`, `boot id`, `machine`,
/// `holder`, `ledger entries`.
public final class Faults {
  private final SimTasks tasks;
  private final List<Fault> coming = new ArrayList<>();

  Faults(SimTasks tasks) {
    this.tasks = tasks;
  }

  /// Lets the next call of this name fail.
  public void failNext(String what, Errno errno) {
    fail(what, "", 1, errno);
  }

  /// Lets a later call fail.
  ///
  /// @param what the call's name; empty for any
  /// @param on a part of what it acts on; empty for any
  /// @param nth 1 for the next call that fits
  public void fail(String what, String on, int nth, Errno errno) {
    coming.add(new Fault(what, on, nth, errno, false));
  }

  /// Lets the next call of this name hang for ever, as in a kernel that waits for its disk.
  public void hangNext(String what) {
    hang(what, "", 1);
  }

  /// Lets a later call hang; the arguments are those of [#fail].
  public void hang(String what, String on, int nth) {
    coming.add(new Fault(what, on, nth, Errno.OTHER, true));
  }

  /// How many failures have not struck yet.
  public int left() {
    return coming.size();
  }

  /// Forgets the failures that have not struck yet.
  public void clear() {
    coming.clear();
  }

  void strike(String what, String on) {
    for (var fault : List.copyOf(coming)) {
      if (!fault.fits(what, on)) continue;
      if (--fault.calls > 0) continue;
      coming.remove(fault);
      if (fault.hangs) tasks.hang(what + " " + on);
      throw new HostException(fault.errno, what + " " + on + " failed, as it was told to");
    }
  }

  private static final class Fault {
    private final String what;
    private final String on;
    private final Errno errno;
    private final boolean hangs;
    private int calls; // until it strikes

    Fault(String what, String on, int calls, Errno errno, boolean hangs) {
      this.what = what;
      this.on = on;
      this.calls = calls;
      this.errno = errno;
      this.hangs = hangs;
    }

    boolean fits(String call, String object) {
      return (what.isEmpty() || what.equals(call)) && object.contains(on);
    }
  }
}
