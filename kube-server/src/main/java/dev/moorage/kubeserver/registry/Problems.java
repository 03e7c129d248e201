package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.TreeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong with an object, field by field.
final class Problems {
  private final List<Cause> causes = new ArrayList<>();

  void required(String field, String detail) {
    add("FieldValueRequired", "Required value" + (detail.isEmpty() ? "" : ": " + detail), field);
  }

  void requiredUnless(boolean given, String field) {
    if (!given) required(field, "");
  }

  /// @param value is printed: never pass a part of a secret
  void invalid(String field, String value, String detail) {
    add("FieldValueInvalid", "Invalid value: \"" + value + "\": " + detail, field);
  }

  /// @param value is printed: never pass a part of a secret
  void invalid(String field, Tree value, String detail) {
    add("FieldValueInvalid", "Invalid value: " + TreeJson.write(value) + ": " + detail, field);
  }

  /// Refuses a name for each reason that its form gives.
  void misnamed(String field, String name, List<String> why) {
    for (String reason : why) invalid(field, name, reason);
  }

  /// Refuses a change.
  ///
  /// @param now is printed: never pass a part of a secret
  void immutable(String field, Tree now, Tree before) {
    if (!now.equals(before)) invalid(field, now, "field is immutable");
  }

  /// Refuses a value that is not among these; an absent one as well.
  void supported(String field, String value, String... values) {
    supported(field, value, List.of(values));
  }

  void supported(String field, String value, List<String> values) {
    if (!values.contains(value)) unsupported(field, Tree.of(value), values);
  }

  void unsupported(String field, Tree value, List<String> values) {
    var quoted = values.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", "));
    add(
        "FieldValueNotSupported",
        "Unsupported value: " + TreeJson.write(value) + ": supported values: " + quoted,
        field);
  }

  void forbidden(String field, String detail) {
    add("FieldValueForbidden", "Forbidden: " + detail, field);
  }

  void forbiddenUnless(boolean holds, String field, String detail) {
    if (!holds) forbidden(field, detail);
  }

  void duplicate(String field, String value) {
    add("FieldValueDuplicate", "Duplicate value: \"" + value + "\"", field);
  }

  void duplicate(String field, Tree value, String detail) {
    var message = "Duplicate value: " + TreeJson.write(value) + ": " + detail;
    add("FieldValueDuplicate", message, field);
  }

  void notFound(String field, String value) {
    add("FieldValueNotFound", "Not found: \"" + value + "\"", field);
  }

  void tooLong(String field, int bytes) {
    add("FieldValueTooLong", "Too long: may not be more than " + bytes + " bytes", field);
  }

  int count() {
    return causes.size();
  }

  private void add(String reason, String message, String field) {
    causes.add(new Cause(reason, message, field));
  }

  /// @throws KubeException `Invalid` with all problems, when there are any
  void refuse(Kind<?> kind, String name) {
    if (!causes.isEmpty()) throw refusal(kind, name);
  }

  KubeException refusal(Kind<?> kind, String name) {
    var texts =
        causes.stream()
            .map(cause -> cause.field() + ": " + cause.message())
            .collect(Collectors.joining(", "));
    var full = kind.group().isEmpty() ? kind.name() : kind.name() + "." + kind.group();
    return new KubeException(
        Reason.Invalid,
        full + " \"" + name + "\" is invalid: " + (causes.size() == 1 ? texts : "[" + texts + "]"),
        new About(kind.group(), kind.name(), name),
        causes,
        Duration.ZERO);
  }
}
