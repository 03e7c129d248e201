package dev.moorage.csi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A driver that answers what it is told to and remembers what it was asked.
public final class ScriptedDriver implements Csi {
  private final Function<CsiCall<?>, Object> script;
  private final List<CsiCall<?>> calls = new ArrayList<>(); // guarded by itself

  /// A driver with one behaviour for all calls.
  public ScriptedDriver(Function<CsiCall<?>, Object> script) {
    this.script = script;
  }

  /// A driver that refuses or fails every call.
  public static ScriptedDriver failing(RuntimeException failure) {
    return new ScriptedDriver(call -> {
      throw failure;
    });
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    synchronized (calls) {
      calls.add(call);
    }
    return call.answer().cast(script.apply(call));
  }

  /// The calls so far, in the order in which they came.
  public List<CsiCall<?>> calls() {
    synchronized (calls) {
      return List.copyOf(calls);
    }
  }
}
