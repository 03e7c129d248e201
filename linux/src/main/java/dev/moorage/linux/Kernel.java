package dev.moorage.linux;

import dev.moorage.base.GivenUp;
import dev.moorage.base.Group;
import dev.moorage.base.Task;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.linux.Settings.Fate;
import java.time.Duration;
import java.util.function.Function;

/// How every body reaches the kernel: in the lane of the call's fate, with its deadline, and, where
/// it changes the host, as one outside effect of the calling task.
final class Kernel {
  private final Group group;
  private final Settings settings;
  private final Task<Syscalls> linking;

  /// Linking takes a tenth of a second: it starts here, and the first call waits for its end.
  Kernel(Group group, Settings settings) {
    this.group = group;
    this.settings = settings;
    this.linking = group.start("link the system calls", Syscalls::new);
  }

  Group group() {
    return group;
  }

  Settings settings() {
    return settings;
  }

  /// The calls themselves, for those that cannot block.
  Syscalls calls() {
    return linking.await();
  }

  /// Looks at the host.
  <R> R look(Fate fate, String tried, Function<Syscalls, R> call) {
    group.tasks().refuseTheDead();
    return inLane(fate, tried, call);
  }

  /// Changes the host: one outside effect.
  <R> R change(Fate fate, String what, String on, Function<Syscalls, R> call) {
    return group.tasks().effect(what, on, () -> inLane(fate, what + " " + on, call));
  }

  /// Runs a call in its lane, within an effect that the caller has made.
  ///
  /// @throws HostException ETIMEDOUT when it did not end in time: it may still happen
  <R> R inLane(Fate fate, String tried, Function<Syscalls, R> call) {
    var calls = calls();
    try {
      return group.inLane(fate.lane(), fate.atMost(), () -> call.apply(calls));
    } catch (GivenUp late) {
      throw overdue(tried, fate.atMost());
    }
  }

  private static HostException overdue(String tried, Duration atMost) {
    return new HostException(
        Errno.ETIMEDOUT,
        tried + ": no answer within " + atMost.toSeconds() + " s; it may still happen");
  }

  /// [#change] without a result.
  void changeOnly(Fate fate, String what, String on, java.util.function.Consumer<Syscalls> call) {
    change(
        fate,
        what,
        on,
        calls -> {
          call.accept(calls);
          return true;
        });
  }
}
