package dev.moorage.cli.up;

import dev.moorage.base.Journal;
import dev.moorage.base.Tasks;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Tells what the house does, a line for each call and write, with the time of day: to a terminal
/// or a log file.
///
/// Called by all actors at once; each line is written whole.
final class StepLines implements Journal {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final PrintWriter out;
  private final Tasks tasks;
  private final Told told;
  private volatile String lastFailure = "nothing";

  /// How much is told.
  enum Told {
    /// Only the start and the end.
    NOTHING,
    /// What is done, and what fails.
    STEPS,
    /// Decisions and housekeeping too.
    ALL
  }

  StepLines(PrintWriter out, Tasks tasks, Told told) {
    this.out = out;
    this.tasks = tasks;
    this.told = told;
  }

  /// A line of plain text, always told.
  synchronized void say(String text) {
    out.println(text);
    out.flush();
  }

  /// What failed last.
  String lastFailure() {
    return lastFailure;
  }

  @Override
  public void note(Entry entry) {
    if (entry.what() == Entry.What.FAILED)
      lastFailure = entry.actor() + " " + entry.action() + ": " + entry.why();
    if (told == Told.NOTHING) return;
    if (told == Told.STEPS && (entry.what() == Entry.What.DECIDED || isHousekeeping(entry))) return;
    if (entry.why().equals("Conflict")) return; // somebody else was faster: no news
    say(
        "%s %s %-12s %-38s %s %s"
            .formatted(
                TIME.format(tasks.now()),
                mark(entry),
                entry.actor(),
                entry.action(),
                entry.on(),
                entry.why())
            .stripTrailing());
  }

  /// Klog's letters, which people's tools know.
  private static String mark(Entry entry) {
    return entry.what() == Entry.What.FAILED ? "E" : "I";
  }

  private static boolean isHousekeeping(Entry entry) {
    return entry.action().endsWith(" Event")
        || entry.action().endsWith(" CSIStorageCapacity")
        || entry.action().endsWith(" Lease");
  }
}
