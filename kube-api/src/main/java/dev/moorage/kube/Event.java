package dev.moorage.kube;

/// An event: a remark on an object.
///
/// @param type `Normal` or `Warning`
/// @param source the reporting component
/// @param count how often it was seen
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
    long count)
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
        tree.number(1, "count"));
  }
}
