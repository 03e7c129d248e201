package dev.moorage.sim;

import dev.moorage.base.sim.Effect;
import dev.moorage.base.sim.EffectHook;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.CsiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// One play of the three stories that is over.
///
/// @param broken what did not hold, as lines
/// @param censuses what there was at the beginning of each chapter, by the chapter's title
/// @param effects the outside effects, in order
record Played(List<String> broken, Map<String, List<String>> censuses, List<Effect> effects) {

  /// Plays undisturbed on the plain schedule: what other plays are compared with.
  static Played plainly() {
    return new Stage(SimTasks.plain(), 1, Map.of())
        .play(BodyWrap.NONE, play -> (effect, moment) -> {});
  }

  /// Plays again and compares the state at the beginning of each chapter.
  Played again(SimTasks tasks, long seed, BodyWrap wrap, Function<SimPlay, EffectHook> hook) {
    return new Stage(tasks, seed, censuses).play(wrap, hook);
  }

  private static final class Stage {
    private final SimTasks tasks;
    private final long seed;
    private final Map<String, List<String>> hoped;
    private final List<String> broken = new ArrayList<>();
    private final Map<String, List<String>> censuses = new LinkedHashMap<>();
    private Optional<SimPlay> play = Optional.empty();

    Stage(SimTasks tasks, long seed, Map<String, List<String>> hoped) {
      this.tasks = tasks;
      this.seed = seed;
      this.hoped = hoped;
    }

    Played play(BodyWrap wrap, Function<SimPlay, EffectHook> hook) {
      var made = new SimPlay(tasks, seed, wrap, new Chapters());
      play = Optional.of(made);
      tasks.onEffect(hook.apply(made));
      try {
        tasks.run(() -> broken.addAll(made.play()));
      } catch (RuntimeException failed) {
        broken.add(failed.toString());
      }
      tasks.unseenFailures().stream()
          .filter(failure -> !isUnheardRefusal(failure))
          .forEach(broken::add);
      return new Played(broken, censuses, tasks.trace());
    }

    /// Whoever asked has died meanwhile.
    private static boolean isUnheardRefusal(String failure) {
      return failure.contains(CsiException.class.getName());
    }

    private void begin(String chapter) {
      var world = play.orElseThrow().world();
      if (hoped.containsKey(chapter))
        world
            .differences(hoped.get(chapter))
            .forEach(line -> broken.add("before " + chapter + " " + line));
      else world.settle();
      censuses.put(chapter, world.census());
    }

    private final class Chapters implements SimPlay.Listener {
      @Override
      public void chapter(String title) {
        begin(title);
      }

      @Override
      public void note(Entry entry) {}

      @Override
      public void proof(String what, boolean holds, String seen) {}
    }
  }
}
