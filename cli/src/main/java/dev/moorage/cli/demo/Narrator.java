package dev.moorage.cli.demo;

import dev.moorage.base.Tasks;
import dev.moorage.sim.SimPlay;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Tells people what happens, as it happens: one numbered line for each call and write, one mark
/// for each proof.
///
/// Called by all actors at once; each line is written whole.
final class Narrator implements SimPlay.Listener {
  private static final Pattern UID =
      Pattern.compile("([0-9a-f]{8})-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern DIGEST = Pattern.compile("csi-([0-9a-f]{8})[0-9a-f]{56}");

  private final PrintWriter out;
  private final Tasks tasks;
  private final boolean colours;
  private final Map<String, String> decisions = new HashMap<>(); // each actor's last one
  private final Map<String, String> failures = new TreeMap<>();
  private int number;
  private int held;
  private int broken;
  private long chapterNanos;
  private boolean telling;

  Narrator(PrintWriter out, Tasks tasks, boolean colours) {
    this.out = out;
    this.tasks = tasks;
    this.colours = colours;
    this.chapterNanos = tasks.nanos();
  }

  /// Begins a part of the demo; times count from here.
  @Override
  public synchronized void chapter(String title) {
    say("");
    say(bold(title));
    chapterNanos = tasks.nanos();
    telling = true;
  }

  /// Stops telling steps: what follows is only summed up.
  synchronized void quiet() {
    telling = false;
  }

  /// A line of plain text.
  synchronized void say(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public synchronized void note(Entry entry) {
    switch (entry.what()) {
      case DECIDED -> {
        if (!isAside(entry)) decisions.put(entry.actor(), entry.action());
      }
      case DONE -> step(entry, joined(decisions.getOrDefault(entry.actor(), ""), entry.why()));
      case FAILED -> {
        failures.put(entry.actor() + " " + entry.action() + " " + entry.on(), entry.why());
        step(entry, "failed: " + entry.why());
      }
    }
  }

  /// What is decided beside the stories' course explains none of their steps.
  private static boolean isAside(Entry entry) {
    return entry.action().equals("Nothing") || entry.action().equals("TellCapacity");
  }

  private static String joined(String decision, String why) {
    return decision.isEmpty() || why.isEmpty() ? decision + why : decision + ": " + why;
  }

  private void step(Entry entry, String why) {
    if (!telling || isNoise(entry)) return;
    number++;
    var since = Duration.ofNanos(tasks.nanos() - chapterNanos);
    var line =
        "%4d %9.1f ms  %-12s %-38s %-40s %s"
            .formatted(
                number,
                since.toNanos() / 1e6,
                entry.actor(),
                entry.action(),
                shortened(entry.on()),
                faint(shortened(why)));
    say(line.stripTrailing());
  }

  /// Remarks about the work are not the work; a conflict only means that somebody else was faster.
  private static boolean isNoise(Entry entry) {
    return entry.action().endsWith(" Event")
        || entry.action().endsWith(" CSIStorageCapacity")
        || entry.why().equals("Conflict");
  }

  @Override
  public synchronized void proof(String what, boolean holds, String seen) {
    if (holds) held++;
    else broken++;
    if (!telling && holds) return;
    say(
        "%4s %9s     %s %s %s"
            .formatted("", "", mark(holds), what, faint("(" + shortened(seen) + ")")));
  }

  /// What failed, with its last reason.
  synchronized String lastFailures() {
    return failures.isEmpty() ? "nothing" : failures.toString();
  }

  /// How many proofs held so far.
  synchronized int held() {
    return held;
  }

  /// How many proofs did not hold.
  synchronized int broken() {
    return broken;
  }

  /// Generated names are long and all alike: their first characters tell them apart.
  private static String shortened(String text) {
    return DIGEST.matcher(UID.matcher(text).replaceAll("$1…")).replaceAll("csi-$1…");
  }

  private String mark(boolean holds) {
    if (!colours) return holds ? "ok:" : "NOT SO:";
    return holds ? "\u001b[32m✔\u001b[0m" : "\u001b[31m✘\u001b[0m";
  }

  private String bold(String text) {
    return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  private String faint(String text) {
    return colours && !text.isEmpty() ? "\u001b[2m" + text + "\u001b[0m" : text;
  }
}
