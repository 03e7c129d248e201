package dev.moorage.kube;

import java.util.stream.Stream;

/// An event: a remark on an object.
///
/// @param type `Normal` or `Warning`
/// @param source the reporting component
/// @param count how often it was seen
/// @param lastSeen when last, as RFC 3339 text, which sorts as time does
public record Event(
    Meta meta,
    String aboutKind,
    String aboutNamespace,
    String aboutName,
    String aboutUid,
    String type,
    String reason,
    String message,
    String source,
    long count,
    String lastSeen)
    implements View {

  /// Reads an event.
  public static Event of(Tree tree) {
    var about = tree.at("involvedObject");
    return new Event(
        Meta.of(tree),
        about.text("kind"),
        about.text("namespace"),
        about.text("name"),
        about.text("uid"),
        tree.text("type"),
        tree.text("reason"),
        tree.text("message"),
        tree.text("source", "component"),
        tree.number(1, "count"),
        lastSeen(tree));
  }

  private static String lastSeen(Tree tree) {
    return Stream.of("lastTimestamp", "eventTime")
        .map(tree::text)
        .filter(time -> !time.isEmpty())
        .findFirst()
        .orElseGet(() -> Meta.of(tree).creationTimestamp());
  }
}
