package dev.moorage.kubeserver.http;

import dev.moorage.kube.Deletion;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.UnknownFields;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.registry.SelectorText;
import dev.moorage.kubeserver.registry.Verb.Page;
import dev.moorage.kubeserver.registry.Verb.Propagation;
import java.util.ArrayList;
import java.util.List;

/// The options of requests, out of their queries and of DeleteOptions.
final class Options {
  private Options() {}

  private static final int MANAGER_AT_MOST = 128;

  /// @param options whose they are, e.g. `CreateOptions`
  static Writing writing(Query query, String options) {
    checkManager(query.text("fieldManager"), options);
    return new Writing(
        dryRun(query.all("dryRun"), options),
        unknownFields(query.text("fieldValidation"), options));
  }

  private static void checkManager(String manager, String options) {
    boolean fits =
        manager.length() <= MANAGER_AT_MOST
            && manager.codePoints().noneMatch(Character::isISOControl);
    if (fits) return;
    throw Refusal.invalidOption(
        options,
        "fieldManager",
        new Cause(
            "FieldValueInvalid",
            "Invalid value: may have at most " + MANAGER_AT_MOST + " printable characters",
            "fieldManager"));
  }

  private static boolean dryRun(List<String> values, String options) {
    for (String value : values)
      if (!value.equals("All")) throw Refusal.unsupportedOption(options, "dryRun", value, "All");
    return !values.isEmpty();
  }

  private static UnknownFields unknownFields(String value, String options) {
    return switch (value) {
      case "", "Warn" -> UnknownFields.WARN;
      case "Strict" -> UnknownFields.REFUSE;
      case "Ignore" -> UnknownFields.IGNORE;
      default ->
          throw Refusal.unsupportedOption(
              options, "fieldValidation", value, "Ignore", "Warn", "Strict");
    };
  }

  static Selection selection(Query query) {
    return SelectorText.parse(query.text("labelSelector"), query.text("fieldSelector"));
  }

  static Page page(Query query) {
    var version = query.text("resourceVersion");
    var match = query.text("resourceVersionMatch");
    var from = query.text("continue");
    checkMatch(version, match, from);
    return new Page(version, match.equals("Exact"), query.number("limit", 0), from);
  }

  private static void checkMatch(String version, String match, String from) {
    if (match.isEmpty()) return;
    var field = "resourceVersionMatch";
    if (!from.isEmpty())
      throw Refusal.forbiddenOption(
          "ListOptions", field, "resourceVersionMatch is forbidden when continue is provided");
    if (version.isEmpty())
      throw Refusal.forbiddenOption(
          "ListOptions",
          field,
          "resourceVersionMatch is forbidden unless resourceVersion is provided");
    if (!match.equals("Exact") && !match.equals("NotOlderThan"))
      throw Refusal.unsupportedOption("ListOptions", field, match, "Exact", "NotOlderThan");
    if (match.equals("Exact") && version.equals("0"))
      throw Refusal.forbiddenOption(
          "ListOptions",
          field,
          "resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\"");
  }

  /// How an object, or a selection of objects, is to be deleted.
  record Deleting(Deletion deletion, Propagation propagation, Writing writing) {}

  /// @param body DeleteOptions; nothing for none
  static Deleting deleting(Query query, Tree body) {
    var dryRun = new ArrayList<>(query.all("dryRun"));
    dryRun.addAll(body.textList("dryRun"));
    var deletion =
        new Deletion(
            body.text("preconditions", "uid"),
            body.text("preconditions", "resourceVersion"),
            body.number(query.number("gracePeriodSeconds", -1), "gracePeriodSeconds"));
    return new Deleting(
        deletion,
        propagation(query, body),
        new Writing(dryRun(dryRun, "DeleteOptions"), UnknownFields.IGNORE));
  }

  private static Propagation propagation(Query query, Tree body) {
    if (body.truth(query.truth("orphanDependents"), "orphanDependents")) return Propagation.ORPHAN;
    var own = body.text("propagationPolicy");
    var policy = own.isEmpty() ? query.text("propagationPolicy") : own;
    return switch (policy) {
      case "", "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      case "Orphan" -> Propagation.ORPHAN;
      default ->
          throw Refusal.unsupportedOption(
              "DeleteOptions", "propagationPolicy", policy, "Foreground", "Background", "Orphan");
    };
  }
}
