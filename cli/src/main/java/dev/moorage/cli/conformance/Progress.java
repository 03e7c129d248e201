package dev.moorage.cli.conformance;

import dev.moorage.conformance.About;
import dev.moorage.conformance.Listener;
import dev.moorage.conformance.Outcome;
import dev.moorage.conformance.Report;
import dev.moorage.conformance.Result;
import java.io.PrintWriter;
import java.util.TreeMap;

/// Tells people how the run goes: on a terminal one line that changes, and one for each failure;
/// elsewhere a line for each check.
final class Progress implements Listener {
  private static final String CLEAR = "\r\033[K";
  private static final int WIDTH = 76;

  private final PrintWriter out;
  private final boolean terminal;
  private volatile boolean goesOn = true;
  private int failed;

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /// Asks the run to end.
  void stop() {
    goesOn = false;
  }

  @Override
  public boolean goesOn() {
    return goesOn;
  }

  @Override
  public void begins(About about, int number, int of) {
    if (!terminal) return;
    var line = "[" + number + "/" + of + "] " + failed + " failed  " + about.id();
    out.print(CLEAR + line.substring(0, Math.min(line.length(), WIDTH)));
    out.flush();
  }

  @Override
  public void ended(Result result) {
    if (result.failed()) failed++;
    if (terminal && !result.failed()) return;
    out.println((terminal ? CLEAR : "") + Words.line(result));
    out.flush();
  }

  /// What was found, in the end.
  void tell(Report report) {
    if (terminal) out.print(CLEAR);
    for (var result : report.failures()) tellFailure(result);
    tellReasons("Skipped", report, true);
    tellReasons("Not run", report, false);
    out.println();
    out.println(
        report.driver()
            + ", "
            + Words.counts(report)
            + ", in "
            + report.took().toMillis() / 1000.0
            + " s (--seed "
            + report.seed()
            + ")");
    out.flush();
  }

  private void tellFailure(Result result) {
    out.println();
    out.println("FAILED " + result.about().id());
    out.println("  rule      " + result.about().says());
    out.println("  source    " + result.about().source());
    if (result.outcome() instanceof Outcome.Failed(var expected, var seen)) {
      out.println("  expected  " + expected);
      out.println("  seen      " + seen);
    }
  }

  private void tellReasons(String title, Report report, boolean skipped) {
    var reasons = new TreeMap<String, Integer>();
    for (var result : report.results()) {
      if (skipped && result.outcome() instanceof Outcome.Skipped(var why))
        reasons.merge(why, 1, Integer::sum);
      if (!skipped && result.outcome() instanceof Outcome.NotRun(var why))
        reasons.merge(why, 1, Integer::sum);
    }
    if (reasons.isEmpty()) return;
    out.println();
    reasons.forEach((why, count) -> out.println(title + ": " + count + ", because " + why));
  }
}
