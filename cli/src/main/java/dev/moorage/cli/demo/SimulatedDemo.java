package dev.moorage.cli.demo;

import dev.moorage.base.sim.SimTasks;
import dev.moorage.sim.BodyWrap;
import dev.moorage.sim.SimPlay;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// The demo in simulation: the same rooms, simulated hosts and time; needs no rights and no Linux.
final class SimulatedDemo {
  private static final String SAID =
      "SIMULATED: simulated host, time and sockets; the rooms, the API and the driver are the real ones.";

  private final DemoSettings settings;
  private final PrintWriter out;

  SimulatedDemo(DemoSettings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  /// Plays, and tells the exit code.
  int play() {
    var tasks = SimTasks.plain();
    var narrator = new Narrator(out, tasks, settings.colours());
    narrator.say(SAID);
    var play = new SimPlay(tasks, 1, BodyWrap.NONE, narrator);
    var broken = new ArrayList<String>();
    tasks.run(() -> broken.addAll(play.play()));
    tell(narrator, broken);
    return broken.isEmpty() ? 0 : 1;
  }

  private static void tell(Narrator narrator, List<String> broken) {
    narrator.say("");
    broken.forEach(line -> narrator.say("NOT SO: " + line));
    narrator.say(
        broken.isEmpty()
            ? "All " + narrator.held() + " proofs held; nothing is left on the simulated host."
            : broken.size() + " proofs did NOT hold.");
    narrator.say(SAID);
  }
}
