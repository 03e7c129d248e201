package dev.moorage.kubeserver.http;

import dev.moorage.base.Task;
import dev.moorage.base.Tasks;
import java.time.Duration;

/// Watches that one answer goes on: a request has a limit as a whole, a watch has one for each time
/// it writes.
final class Pace {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long NOT_WRITING = Long.MIN_VALUE;

  private final Tasks tasks;
  private final Settings settings;
  private final long begun;
  private volatile boolean streams;
  private volatile long writingSince = NOT_WRITING;

  Pace(Tasks tasks, Settings settings) {
    this.tasks = tasks;
    this.settings = settings;
    this.begun = tasks.nanos();
  }

  /// Waits for the task, and interrupts it when it is too slow.
  void keep(Task<?> task) {
    while (task.await(LOOK).isEmpty()) if (isOverdue()) task.interrupt();
  }

  private boolean isOverdue() {
    long now = tasks.nanos();
    if (!streams) return now - begun > settings.requestAtMost().toNanos();
    long since = writingSince;
    return since != NOT_WRITING && now - since > settings.stalledAtMost().toNanos();
  }

  /// From now on the answer is a watch, which may last.
  void streams() {
    streams = true;
  }

  void beginsToWrite() {
    writingSince = tasks.nanos();
  }

  void hasWritten() {
    writingSince = NOT_WRITING;
  }
}
