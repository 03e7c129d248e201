package dev.moorage.drivermain;

import dev.moorage.base.Journal;
import dev.moorage.base.Tasks;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Log lines in the form that Kubernetes' own parts write (klog): one line each, a constant text,
/// then `key="value"`.
final class LogLines implements Journal {
  /// From here on calls are told, too.
  static final int CALLS = 2;

  /// From here on what is decided and mere questions are told, too.
  static final int ALL = 4;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MMdd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final PrintStream err;
  private final Tasks tasks;
  private final int verbosity;
  private final long pid = ProcessHandle.current().pid();

  LogLines(PrintStream err, Tasks tasks, int verbosity) {
    this.err = err;
    this.tasks = tasks;
    this.verbosity = verbosity;
  }

  boolean tells(int level) {
    return verbosity >= level;
  }

  void info(String source, String what, String... pairs) {
    write('I', source, what, pairs);
  }

  void warning(String source, String what, String... pairs) {
    write('W', source, what, pairs);
  }

  void error(String source, String what, String... pairs) {
    write('E', source, what, pairs);
  }

  @Override
  public void note(Entry entry) {
    switch (entry.what()) {
      case FAILED ->
          warning(entry.actor(), entry.action() + " failed", "on", entry.on(), "why", entry.why());
      case DECIDED, DONE -> {
        if (tells(ALL)) info(entry.actor(), entry.action(), "on", entry.on(), "why", entry.why());
      }
    }
  }

  /// One write a line, so that lines of several tasks never mix.
  private void write(char severity, String source, String what, String... pairs) {
    var line = new StringBuilder().append(severity);
    TIME.formatTo(tasks.now().atZone(ZoneId.systemDefault()), line);
    line.append(String.format(Locale.ROOT, " %7d %s] ", pid, source));
    quote(what, line);
    for (int i = 0; i + 1 < pairs.length; i += 2) {
      if (pairs[i + 1].isEmpty()) continue;
      line.append(' ').append(pairs[i]).append('=');
      quote(pairs[i + 1], line);
    }
    err.println(line);
  }

  private static void quote(String text, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> line.append('\\').append(c);
        case '\n' -> line.append("\\n");
        case '\t' -> line.append("\\t");
        default -> {
          if (Character.isISOControl(c))
            line.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          else line.append(c);
        }
      }
    }
    line.append('"');
  }
}
