package dev.moorage.kubeserver.http;

import dev.moorage.kube.Deletion;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.UnknownFields;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.registry.SelectorText;
import dev.moorage.kubeserver.registry.Verb.Page;
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
    if (manager.length() > MANAGER_AT_MOST)
      throw Refusal.invalidOption(
          options,
          "fieldManager",
          new Cause(
              "FieldValueTooLong",
              "Too long: may not be more than " + MANAGER_AT_MOST + " bytes",
              "fieldManager"));
    if (manager.codePoints().anyMatch(Character::isISOControl))
      throw Refusal.invalidOption(
          options,
          "fieldManager",
          new Cause("FieldValueInvalid", "Invalid value: not all are printable", "fieldManager"));
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
              options, "fieldValidation", value, "", "Ignore", "Strict", "Warn");
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
      throw Refusal.unsupportedOption("ListOptions", field, match, "Exact", "NotOlderThan", "");
    if (match.equals("Exact") && version.equals("0"))
      throw Refusal.forbiddenOption(
          "ListOptions",
          field,
          "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
  }

  /// How an object, or a selection of objects, is to be deleted.
  record Deleting(Deletion deletion, Writing writing) {}

  /// @param body DeleteOptions; nothing for none
  static Deleting deleting(Query query, Tree body) {
    var kind = body.text("kind");
    if (!kind.isEmpty() && !kind.equals("DeleteOptions"))
      throw Refusal.badRequest(
          "the body of a deletion is a DeleteOptions, and this one is a " + kind);
    var dryRun = new ArrayList<>(query.all("dryRun"));
    dryRun.addAll(body.textList("dryRun"));
    var deletion =
        new Deletion(
            body.text("preconditions", "uid"),
            body.text("preconditions", "resourceVersion"),
            body.number(query.number("gracePeriodSeconds", -1), "gracePeriodSeconds"));
    checkPropagation(query, body);
    return new Deleting(
        deletion, new Writing(dryRun(dryRun, "DeleteOptions"), UnknownFields.IGNORE));
  }

  /// All ways to treat dependents are accepted and mean the same: nobody collects them.
  private static void checkPropagation(Query query, Tree body) {
    refuseBoth(body);
    var own = body.text("propagationPolicy");
    var policy = own.isEmpty() ? query.text("propagationPolicy") : own;
    if (!List.of("", "Background", "Foreground", "Orphan").contains(policy))
      throw Refusal.unsupportedOption(
          "DeleteOptions",
          "propagationPolicy",
          policy,
          "Foreground",
          "Background",
          "Orphan",
          "nil");
  }

  private static void refuseBoth(Tree body) {
    var policy = body.text("propagationPolicy");
    if (policy.isEmpty() || body.at("orphanDependents").isNothing()) return;
    throw Refusal.invalidOption(
        "DeleteOptions",
        "propagationPolicy",
        new Cause(
            "FieldValueInvalid",
            "Invalid value: \""
                + policy
                + "\": orphanDependents and deletionPropagation cannot be both set",
            "propagationPolicy"));
  }
}
