package dev.moorage.cli.conformance;

import dev.moorage.conformance.Exchange;
import dev.moorage.conformance.Outcome;
import dev.moorage.conformance.Report;
import dev.moorage.conformance.Result;

/// A report as one page that needs nothing else: what failed with its calls, then everything.
final class HtmlPage {
  private HtmlPage() {}

  static String of(Report report) {
    var page = new StringBuilder(head(report));
    if (!report.failures().isEmpty()) page.append("<h2>Failed</h2>\n");
    for (var result : report.failures()) page.append(failure(result));
    page.append("<h2>All checks</h2>\n<table>\n");
    for (var result : report.results()) page.append(row(result));
    return page.append("</table>\n</body></html>\n").toString();
  }

  private static String head(Report report) {
    return """
    <!doctype html>
    <html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <style>
    :root { color-scheme: light dark; }
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
    h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
    code, pre { font: 13px/1.45 ui-monospace, monospace; }
    pre { overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: .2rem 0 .8rem; }
    details { border: 1px solid #8885; border-radius: 6px; padding: .6rem 1rem; margin: .6rem 0; }
    summary { cursor: pointer; font-weight: 600; }
    dt { font-weight: 600; } dd { margin: 0 0 .4rem 0; overflow-wrap: anywhere; }
    table { border-collapse: collapse; width: 100%%; } td { border-top: 1px solid #8883; padding: .25rem .6rem; vertical-align: top; }
    .passed { color: #2a7d3f; } .FAILED { color: #c62828; font-weight: 600; } .skipped, .not { color: #8a8a8a; }
    .took { color: #8a8a8a; }
    </style></head><body>
    <h1>%1$s</h1>
    <p>%2$s, in %3$s s. Seed %4$d.</p>
    """
        .formatted(
            Markup.of("Conformance of " + report.driver()),
            Words.counts(report),
            report.took().toMillis() / 1000.0,
            report.seed());
  }

  private static String failure(Result result) {
    var text = new StringBuilder("<details open><summary><code>");
    text.append(Markup.of(result.about().id())).append("</code></summary>\n<dl>");
    part(text, "Rule", result.about().says());
    part(text, "Source", result.about().source());
    if (result.outcome() instanceof Outcome.Failed(var expected, var seen)) {
      part(text, "Expected", expected);
      part(text, "Seen", seen);
    }
    text.append("</dl>\n<details><summary>")
        .append(result.calls().size())
        .append(" calls</summary>\n");
    for (var call : result.calls()) text.append(exchange(call));
    return text.append("</details></details>\n").toString();
  }

  private static void part(StringBuilder text, String title, String value) {
    text.append("<dt>").append(title).append("</dt><dd>").append(Markup.of(value)).append("</dd>");
  }

  private static String exchange(Exchange call) {
    return "<pre>%s\n→ %s <span class=\"took\">%s ms</span></pre>\n"
        .formatted(Markup.of(call.call()), Markup.of(call.answer()), call.took().toNanos() / 1e6);
  }

  private static String row(Result result) {
    var word = Words.of(result.outcome());
    var why =
        switch (result.outcome()) {
          case Outcome.Skipped(var reason) -> " (" + reason + ")";
          case Outcome.NotRun(var reason) -> " (" + reason + ")";
          case Outcome.Passed _, Outcome.Failed _ -> "";
        };
    return "<tr><td class=\"%s\">%s</td><td><code>%s</code></td><td>%s</td></tr>\n"
        .formatted(
            word, word, Markup.of(result.about().id()), Markup.of(result.about().says() + why));
  }
}
