package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Selection;
import dev.moorage.kube.Selection.Label;
import dev.moorage.kube.Tree;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Which objects of a kind a selection means.
final class Matcher {
  private final String namespace;
  private final Selection selection;
  private final Map<String, Function<Tree, String>> readers;

  private Matcher(String namespace, Selection selection, Rules rules) {
    this.namespace = namespace;
    this.selection = selection;
    this.readers = readers(rules);
  }

  /// @param namespace of the request; the selection may name one as well
  /// @throws dev.moorage.kube.KubeException `BadRequest` for a field that cannot be selected by, or
  ///   a label that no object can have
  static Matcher of(Rules rules, String namespace, Selection selection) {
    var matcher =
        new Matcher(namespace.isEmpty() ? selection.namespace() : namespace, selection, rules);
    for (Selection.Field field : selection.fields())
      if (!matcher.readers.containsKey(field.path())) throw unknownField(rules, field.path());
    selection.labels().forEach(Matcher::check);
    return matcher;
  }

  private static void check(Label label) {
    refuse(label.key(), Names.labelKey(label.key()));
    boolean ordered = label.test() == Label.Test.GREATER || label.test() == Label.Test.LESS;
    if (!ordered) for (String value : label.texts()) refuse(value, Names.labelValue(value));
  }

  private static void refuse(String text, List<String> why) {
    if (!why.isEmpty())
      throw Refusals.badRequest(
          "unable to parse requirement: Invalid value: \"%s\": %s"
              .formatted(text, String.join("; ", why)));
  }

  private static RuntimeException unknownField(Rules rules, String path) {
    return Refusals.badRequest(
        rules.selectable().isEmpty()
            ? "\"%s\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
                .formatted(path)
            : "field label not supported: " + path);
  }

  private static Map<String, Function<Tree, String>> readers(Rules rules) {
    var readers = new LinkedHashMap<>(rules.selectable());
    readers.put("metadata.name", object -> object.text("metadata", "name"));
    readers.put("metadata.namespace", object -> object.text("metadata", "namespace"));
    return readers;
  }

  /// Whether it selects by more than the namespace.
  boolean selects() {
    return !selection.labels().isEmpty() || !selection.fields().isEmpty();
  }

  boolean matches(Tree object) {
    if (!namespace.isEmpty() && !object.text("metadata", "namespace").equals(namespace))
      return false;
    for (Selection.Field field : selection.fields()) if (!matches(field, object)) return false;
    return matchesLabels(object);
  }

  private boolean matches(Selection.Field field, Tree object) {
    var reader = readers.get(field.path());
    return reader != null && reader.apply(object).equals(field.text()) == field.equal();
  }

  private boolean matchesLabels(Tree object) {
    if (selection.labels().isEmpty()) return true;
    var labels = object.textMap("metadata", "labels");
    for (Label label : selection.labels()) if (!matches(label, labels)) return false;
    return true;
  }

  private static boolean matches(Label label, Map<String, String> labels) {
    var value = Optional.ofNullable(labels.get(label.key()));
    return switch (label.test()) {
      case IN -> value.isPresent() && label.texts().contains(value.get());
      case NOT_IN -> value.isEmpty() || !label.texts().contains(value.get());
      case EXISTS -> value.isPresent();
      case ABSENT -> value.isEmpty();
      case GREATER -> compared(value, label.texts()) > 0;
      case LESS -> compared(value, label.texts()) < 0;
    };
  }

  /// Labels that are no whole numbers are neither greater nor less.
  private static int compared(Optional<String> value, List<String> bound) {
    if (value.isEmpty() || !value.get().matches("-?\\d{1,18}")) return 0;
    return new BigInteger(value.get()).compareTo(new BigInteger(bound.getFirst()));
  }
}
