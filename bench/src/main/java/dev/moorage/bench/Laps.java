package dev.moorage.bench;

import dev.moorage.base.Group;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// Many volumes through a whole life, in step: all are made, then all are shown, and so on.
final class Laps {
  private final Group group;
  private final int heads;
  private final int volumes;
  private final Map<Step, Duration> took = new EnumMap<>(Step.class);
  private int laps;

  /// What was timed.
  enum Step {
    CREATE("create"),
    SHOW("stage + publish"),
    HIDE("unpublish + unstage"),
    CUT("snapshot"),
    COPY("clone"),
    DELETE("delete");

    private final String words;

    Step(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /// @param heads how many callers there are
  /// @param volumes how many are there at once
  Laps(Group group, int heads, int volumes) {
    this.group = group;
    this.heads = heads;
    this.volumes = volumes;
  }

  /// Runs one lap.
  void run(Volumes with, boolean cuts) {
    laps++;
    time(Step.CREATE, with::create);
    each(with::attach);
    time(Step.SHOW, with::show);
    time(Step.HIDE, with::hide);
    each(with::detach);
    if (cuts) {
      time(Step.CUT, with::cut);
      time(Step.COPY, with::copy);
      each(with::removeCopy);
      each(with::removeCut);
    }
    time(Step.DELETE, with::delete);
  }

  private void time(Step step, IntConsumer what) {
    long begin = group.tasks().nanos();
    each(what);
    took.merge(step, Duration.ofNanos(group.tasks().nanos() - begin), Duration::plus);
  }

  private void each(IntConsumer what) {
    new Crowd(group, heads).each(volumes, what);
  }

  /// Milliseconds a volume, all laps and callers together: the rate's inverse.
  double millis(Step step) {
    return Row.millis(took.getOrDefault(step, Duration.ZERO)) / (laps * volumes);
  }
}
