package dev.moorage.kubeserver.http;

/// From where a watch begins.
final class WatchStart {
  private WatchStart() {}

  private static final String FIELD = "sendInitialEvents";

  /// The version to go on from; empty for all present objects first (a *streaming list* among them,
  /// whose closing bookmark the registry sends).
  static String since(Query query) {
    var match = query.text("resourceVersionMatch");
    if (!query.values().containsKey(FIELD)) {
      if (!match.isEmpty())
        throw Refusal.forbiddenOption(
            "ListOptions",
            "resourceVersionMatch",
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
      return query.text("resourceVersion");
    }
    if (!match.equals("NotOlderThan"))
      throw Refusal.forbiddenOption(
          "ListOptions",
          "resourceVersionMatch",
          "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
    if (query.truth(FIELD)) return "";
    throw Refusal.forbiddenOption("ListOptions", FIELD, "only true is served");
  }
}
