package dev.moorage.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.sim.SimTasks;
import dev.moorage.sim.ManyClaims.Played;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/// Many claims at once for few volumes that an administrator has made, in any order of the binder's
/// workers, with crashes and lost answers: no volume is ever in two hands, no claim has two, and in
/// the end whoever can have one has it.
final class ManyClaimsStory {
  private static final int SEEDS = Integer.getInteger("seeds", 300);
  private static final int FIRST = Integer.getInteger("first.seed", 1);

  @Test
  void claims_and_volumes_become_pairs_in_any_order_of_tasks_whatever_crashes() {
    var plays = new TreeMap<Long, Played>();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++)
      plays.put(seed, new ManyClaims(SimTasks.seeded(seed), seed).play());
    var broken = new ArrayList<String>();
    plays.forEach(
        (seed, play) -> play.broken().forEach(line -> broken.add("seed " + seed + ": " + line)));
    assertThat(broken).isEmpty();
    // or nobody has raced
    checkOften("claims bound", plays, Played::bound);
    checkOften("claims that found nothing", plays, Played::pending);
    checkOften("lost races for a volume", plays, Played::lostRaces);
    checkOften("deaths of the binder", plays, Played::died);
  }

  private static void checkOften(
      String what, Map<Long, Played> plays, ToLongFunction<Played> count) {
    long sum = plays.values().stream().mapToLong(count).sum();
    report(plays.size() + " seeds: " + sum + " " + what);
    assertThat(sum).as(what).isGreaterThan(plays.size());
  }

  /// For the build's output, which shows nothing of a TestReporter.
  private static void report(String line) {
    System.out.println(line);
  }
}
