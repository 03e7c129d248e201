package dev.moorage.nodeagent;

import dev.moorage.base.Group;
import dev.moorage.host.HostException;
import dev.moorage.nodeagent.pods.Pods;
import dev.moorage.nodeagent.registration.Registrar;
import dev.moorage.nodeagent.volumes.Volumes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Brings a node to rest: only the node's duty changes, the rooms do what follows from it.
final class Rest {
  private static final Duration LOOK = Duration.ofMillis(20);

  /// How long the API may take to be told, once this host is at rest.
  private static final Duration TELLING = Duration.ofSeconds(2);

  /// Of the time there is, the part that processes may take; the volumes need the rest.
  private static final double PROCESSES = 0.75;

  private final Group group;
  private final Duty duty;
  private final Registrar registrar;
  private final Pods pods;
  private final Volumes volumes;

  Rest(Group group, Duty duty, Registrar registrar, Pods pods, Volumes volumes) {
    this.group = group;
    this.duty = duty;
    this.registrar = registrar;
    this.pods = pods;
    this.volumes = volumes;
  }

  /// Waits until nothing of pods and volumes is left on this host.
  ///
  /// @return what stayed, one line each
  List<String> within(Duration atMost) {
    long end = group.tasks().nanos() + atMost.toNanos();
    long lastKill = (long) (atMost.toNanos() * PROCESSES);
    duty.rest(group.tasks().now().plusNanos(lastKill));
    lookAtAll();
    var left = awaitHost(end - atMost.toNanos() + lastKill);
    if (!left.isEmpty()) {
      lookAtAll(); // the processes' time is over
      left = awaitHost(end);
    }
    if (left.isEmpty()) awaitTold(Math.min(end, group.tasks().nanos() + TELLING.toNanos()));
    return left;
  }

  private void lookAtAll() {
    registrar.lookAtNode();
    pods.lookAtAll();
    try {
      volumes.lookAtAll();
    } catch (HostException _) {
      // Whoever looks what is left meets the same error, and tells it.
    }
  }

  private List<String> awaitHost(long end) {
    while (true) {
      var left = left();
      if (left.isEmpty() || group.tasks().nanos() >= end) return left;
      group.sleep(LOOK);
    }
  }

  private List<String> left() {
    try {
      var left = new ArrayList<>(pods.running());
      left.addAll(volumes.onHost());
      return left;
    } catch (HostException refused) {
      return List.of("what is left on this host cannot be seen: " + refused.getMessage());
    }
  }

  /// The status of pods and node, as far as the API takes it: what it is not told now, the next
  /// start tells.
  private void awaitTold(long end) {
    while (!isTold() && group.tasks().nanos() < end) group.sleep(LOOK);
  }

  private boolean isTold() {
    return pods.toldThatNoneRuns() && volumes.toldThatNoneIsInUse() && registrar.toldThatItRests();
  }
}
