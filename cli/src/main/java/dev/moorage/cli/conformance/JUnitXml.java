package dev.moorage.cli.conformance;

import dev.moorage.conformance.Outcome;
import dev.moorage.conformance.Report;
import dev.moorage.conformance.Result;
import java.time.Duration;
import java.util.Locale;

/// A report as JUnit writes it. What was not run counts as skipped there, with its reason.
final class JUnitXml {
  private JUnitXml() {}

  static String of(Report report) {
    var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    long passed = report.count(Outcome.Passed.class);
    int failed = report.failures().size();
    xml.append(
        "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\" time=\"%s\">\n"
            .formatted(
                Markup.of("moor conformance: " + report.driver()),
                report.results().size(),
                failed,
                report.results().size() - passed - failed,
                seconds(report.took())));
    for (var result : report.results()) xml.append(testCase(result));
    return xml.append("</testsuite>\n").toString();
  }

  private static String testCase(Result result) {
    var id = result.about().id();
    int dot = id.indexOf('.');
    var head =
        "  <testcase classname=\"%s\" name=\"%s\" time=\"%s\""
            .formatted(
                Markup.of(dot < 0 ? id : id.substring(0, dot)),
                Markup.of(id),
                seconds(result.took()));
    return switch (result.outcome()) {
      case Outcome.Passed() -> head + "/>\n";
      case Outcome.Skipped(var why) -> head + ">" + skipped(why) + "</testcase>\n";
      case Outcome.NotRun(var why) -> head + ">" + skipped("not run: " + why) + "</testcase>\n";
      case Outcome.Failed(var expected, var seen) ->
          head + ">\n" + failure(result, expected, seen) + "  </testcase>\n";
    };
  }

  private static String skipped(String why) {
    return "<skipped message=\"" + Markup.of(why) + "\"/>";
  }

  private static String failure(Result result, String expected, String seen) {
    var text = new StringBuilder();
    text.append(result.about().says()).append("\n(").append(result.about().source()).append(")\n");
    for (var call : result.calls())
      text.append(call.call()).append("\n  -> ").append(call.answer()).append('\n');
    return "    <failure message=\"%s\">%s</failure>\n"
        .formatted(
            Markup.of("expected " + expected + "; seen was " + seen), Markup.of(text.toString()));
  }

  private static String seconds(Duration took) {
    return String.format(Locale.ROOT, "%.3f", took.toNanos() / 1e9);
  }
}
