package dev.moorage.conformance;

import java.util.ArrayList;
import java.util.List;

/// Collects the checks of one topic.
final class Topic {
  private final String prefix;
  private final List<Need> needs;
  private final ArrayList<Check> checks = new ArrayList<>();
  private String source;

  /// @param prefix what the ids begin with
  /// @param source of the rules that follow
  /// @param needs of all checks
  Topic(String prefix, String source, Need... needs) {
    this.prefix = prefix;
    this.source = source;
    this.needs = List.of(needs);
  }

  /// The rules that follow are made by another.
  Topic by(String another) {
    source = another;
    return this;
  }

  Topic add(String id, String says, Check.Body body, Need... more) {
    var all = new ArrayList<>(needs);
    all.addAll(List.of(more));
    checks.add(new Check(new About(prefix + "." + id, says, source), all, body));
    return this;
  }

  /// One check for each form in which volumes are used.
  Topic both(String id, String says, FormBody body, Need... more) {
    for (var form : Form.values()) {
      var all = new ArrayList<>(List.of(more));
      if (form == Form.BLOCK) all.add(new Need.Raw());
      all.add(Need.takes(form));
      add(
          id + "." + form.text(),
          says + " (" + form.text() + ")",
          bench -> body.run(bench, form),
          all.toArray(Need[]::new));
    }
    return this;
  }

  /// What is done and demanded in each form.
  interface FormBody {
    void run(Bench bench, Form form);
  }

  List<Check> list() {
    return List.copyOf(checks);
  }
}
