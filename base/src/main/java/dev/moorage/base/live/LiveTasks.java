package dev.moorage.base.live;

import dev.moorage.base.Group;
import dev.moorage.base.Tasks;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Tasks on real threads: one virtual thread per task, bounded lanes of platform threads.
public final class LiveTasks implements Tasks {
  private final Lanes lanes = new Lanes();

  @Override
  public Group group(String name) {
    return new LiveGroup(this, name, null);
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public <R> R effect(String what, String on, Supplier<R> act) {
    return act.get();
  }

  @Override
  public void refuseTheDead() {
    // Nobody dies here: a real crash takes the whole process.
  }

  /// The lane calls that were given up and still run, oldest first.
  public List<Stuck> stuck() {
    return lanes.stuck();
  }

  Lanes lanes() {
    return lanes;
  }

  /// A lane call that was given up and still runs.
  ///
  /// @param lane the lane's name; the call keeps one of its places
  /// @param caller the task that asked for it, as `group/task`
  /// @param since when it was given up
  public record Stuck(String lane, String caller, Instant since) {}
}
