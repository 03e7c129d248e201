package dev.moorage.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.live.LiveTasks;
import dev.moorage.linux.Rights;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The loop driver, killed on this kernel. `./dev crash-matrix` tries every point, `./dev test` as
/// many as it has time for; the seed tells which.
class CrashMatrixIT {
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(14);
  private static final long SEED = Long.getLong("seed", 5);

  @BeforeEach
  void rights_suffice() {
    try (var group = new LiveTasks().group("rights")) {
      var rights = Rights.of(group);
      assumeTrue(rights.suffice(), () -> "rights are missing here: " + rights.missing());
    }
  }

  @Test
  void a_driver_killed_anywhere_answers_the_same_and_leaves_nothing() throws IOException {
    var whole = System.getProperty("crash-matrix", "");
    var matrix = new Matrix(SEED, whole.isEmpty() ? _ -> {} : System.out::println);
    if (whole.isEmpty()) sample(matrix);
    else for (var use : uses(whole)) matrix.whole(use);
    System.out.printf(
        "crash matrix, seed %d: %d points, %d processes killed, %d failures%n",
        SEED, matrix.points(), matrix.deaths(), matrix.failures().size());
    assertThat(matrix.failures()).as("seed %d", SEED).isEmpty();
    assertThat(matrix.deaths()).isPositive();
  }

  private static void sample(Matrix matrix) throws IOException {
    var tasks = new LiveTasks();
    long until = tasks.nanos() + LONG_ENOUGH.toNanos();
    matrix.sample("ext4", () -> tasks.nanos() < until);
  }

  /// `all`, or some with commas between; `none` is the driver without volumes.
  private static List<String> uses(String asked) {
    var all = asked.equals("all") ? "none,xfs,ext4,btrfs,block" : asked;
    return List.of(all.replace("none", "").split(",", -1));
  }
}
