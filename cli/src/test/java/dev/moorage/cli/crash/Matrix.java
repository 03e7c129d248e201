package dev.moorage.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.cli.crash.Cell.Deed;
import dev.moorage.cli.crash.Point.Moment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Kills the driver at points of each cell, and proves each time that the next process gives the
/// same answer and that nothing is left.
///
/// What a death right after one effect leaves is what a death right before the next one leaves. So
/// the points of a deed are: before its first effect, after each, and within each that takes a
/// while.
final class Matrix {
  /// What is over faster is not cut in the middle.
  private static final long SLOW_MICROS = 400;

  /// One in so many times the caller gives up instead of asking again.
  private static final int GIVES_UP = 5;

  /// One in so many times the next process dies as well, as it starts.
  private static final int DIES_AGAIN = 4;

  /// A start has about so many effects.
  private static final int EFFECTS_OF_START = 12;

  private final Random random;
  private final Consumer<String> progress;
  private final List<String> failures = new ArrayList<>();
  private int points;
  private int deaths;

  /// @param progress is told a line now and then
  Matrix(long seed, Consumer<String> progress) {
    this.random = new Random(seed);
    this.progress = progress;
  }

  /// A cell as it is without a death.
  private record Undisturbed(String answer, List<Effect> effects, List<String> inventory) {}

  /// How many points were tried.
  int points() {
    return points;
  }

  /// How many processes died; some at a point, some right after it, as they started.
  int deaths() {
    return deaths;
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  /// All points of all cells.
  ///
  /// @param use of the volumes; empty for a driver without any
  void whole(String use) throws IOException {
    var scene = Scene.open(use);
    try {
      for (int i = 0; i < scene.cells().size(); i++) {
        int before = points;
        var calm = undisturbed(scene, i);
        for (var point : pointsOf(calm.effects())) scene = strike(scene, use, i, point, calm);
        var cell = scene.cells().get(i);
        scene.node().all(cell.tearDown());
        progress.accept(
            "%-6s %-30s %3d effects, %3d points; %d points, %d failures in all"
                .formatted(
                    use,
                    cell.name(),
                    calm.effects().size(),
                    points - before,
                    points,
                    failures.size()));
      }
      scene.finish();
    } finally {
      scene.close();
    }
  }

  /// One point of each cell in a drawn order, as long as there is time.
  void sample(String use, BooleanSupplier time) throws IOException {
    var scene = Scene.open(use);
    try {
      for (int i : drawnOrder(scene.cells().size())) {
        if (!time.getAsBoolean()) break;
        var calm = undisturbed(scene, i);
        var all = pointsOf(calm.effects());
        scene = strike(scene, use, i, all.get(random.nextInt(all.size())), calm);
        scene.node().all(scene.cells().get(i).tearDown());
      }
      scene.finish();
    } finally {
      scene.close();
    }
  }

  private List<Integer> drawnOrder(int size) {
    var order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, random);
    return order;
  }

  private static Undisturbed undisturbed(Scene scene, int index) throws IOException {
    var cell = scene.cells().get(index);
    scene.node().all(cell.setUp());
    scene.prepare(cell, Point.NEVER);
    var answer = scene.act(cell);
    var effects = scene.node().process().trace();
    scene.undo(cell);
    return new Undisturbed(answer, effects, scene.inventory());
  }

  private List<Point> pointsOf(List<Effect> effects) {
    var all = new ArrayList<Point>();
    all.add(new Point(1, Moment.BEFORE, 0));
    for (int i = 1; i <= effects.size(); i++) {
      long micros = effects.get(i - 1).micros();
      if (micros >= SLOW_MICROS) all.add(new Point(i, Moment.DURING, random.nextLong(micros)));
      all.add(new Point(i, Moment.AFTER, 0));
    }
    return all;
  }

  /// @return the same scene; a new one when something was wrong
  private Scene strike(Scene scene, String use, int index, Point point, Undisturbed calm)
      throws IOException {
    var cell = scene.cells().get(index);
    points++;
    try {
      strike(scene, cell, point, calm);
      return scene;
    } catch (RuntimeException | AssertionError wrong) {
      var effect =
          point.effect() > calm.effects().size() ? "" : calm.effects().get(point.effect() - 1);
      failures.add(
          use
              + " "
              + cell.name()
              + ", "
              + point
              + " "
              + effect
              + ": "
              + wrong
              + "\n"
              + scene.node().log());
      progress.accept("FAILED " + failures.getLast());
      scene.close();
      var fresh = Scene.open(use);
      fresh.node().all(fresh.cells().get(index).setUp());
      return fresh;
    }
  }

  private void strike(Scene scene, Cell cell, Point point, Undisturbed calm) throws IOException {
    boolean dies = true;
    scene.prepare(cell, point);
    try {
      var _ = scene.act(cell);
      scene.node().process().arm(Point.NEVER);
      dies = false;
    } catch (MortalProcess.Died died) {
      deaths++;
      comeBack(scene);
    }
    boolean givesUp =
        cell.deed() instanceof Deed.Call && !cell.undo().isEmpty() && random.nextInt(GIVES_UP) == 0;
    if (dies && !givesUp) {
      assertThat(scene.again(cell)).as("the second answer").isEqualTo(calm.answer());
      scene.checkContent(cell);
    }
    scene.undo(cell);
    assertThat(scene.inventory()).as("what is left").isEqualTo(calm.inventory());
  }

  /// The next process may die as it starts; the one after that does not.
  private void comeBack(Scene scene) {
    if (random.nextInt(DIES_AGAIN) == 0) {
      scene.node().replace();
      scene.node().process().arm(new Point(1 + random.nextInt(EFFECTS_OF_START), Moment.AFTER, 0));
      try {
        scene.node().serve();
        scene.node().process().arm(Point.NEVER);
        return;
      } catch (MortalProcess.Died again) {
        deaths++;
      }
    }
    scene.node().restart();
  }
}
