package dev.moorage.host.sim;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.host.Sandboxes.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A pod process of a simulated kernel, with the mounts that only it sees.
final class SimProcess {
  final Sandbox sandbox;
  final Optional<Group> starter;
  final Gate end;
  private final boolean stubborn;
  private List<KernelMount> binds;
  private OptionalInt exitCode = OptionalInt.empty();
  private boolean running = true;

  SimProcess(
      Sandbox sandbox,
      Optional<Group> starter,
      Gate end,
      boolean stubborn,
      List<KernelMount> binds) {
    this.sandbox = sandbox;
    this.starter = starter;
    this.end = end;
    this.stubborn = stubborn;
    this.binds = binds;
  }

  boolean isRunning() {
    return running;
  }

  boolean isStubborn() {
    return stubborn;
  }

  OptionalInt exitCode() {
    return exitCode;
  }

  boolean holds(Filesystem filesystem) {
    return binds.stream().anyMatch(bind -> bind.filesystem == filesystem);
  }

  void end(int code) {
    if (!running) return;
    exitCode = OptionalInt.of(code);
    stop();
  }

  /// Ends without anybody who could ask for its exit code.
  void losePower() {
    if (running) stop();
  }

  private void stop() {
    running = false;
    binds = List.of();
    end.open();
  }
}
