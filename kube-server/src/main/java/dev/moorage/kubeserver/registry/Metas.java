package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Metadata: what of it belongs to the server, and what users may write.
final class Metas {
  private Metas() {}

  private static final int ANNOTATION_BYTES = 256 * 1024;
  private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
  private static final String SUBDOMAIN = LABEL + "(\\." + LABEL + ")*";
  private static final String NAME_PART = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
  private static final Pattern IS_LABEL = Pattern.compile(LABEL);
  private static final Pattern IS_SUBDOMAIN = Pattern.compile(SUBDOMAIN);
  private static final Pattern IS_NAME_PART = Pattern.compile(NAME_PART);
  private static final Pattern IS_LABEL_VALUE = Pattern.compile("(" + NAME_PART + ")?");
  private static final List<String> STANDARD_FINALIZERS =
      List.of("kubernetes", "orphan", "foregroundDeletion");

  static ObjectKey keyOf(Tree object) {
    return new ObjectKey(object.text("metadata", "namespace"), object.text("metadata", "name"));
  }

  static String version(Tree object) {
    return object.text("metadata", "resourceVersion");
  }

  static List<String> finalizers(Tree object) {
    return object.textList("metadata", "finalizers");
  }

  static Tree withFinalizer(Tree object, String finalizer) {
    return Patch.NONE.addFinalizer(finalizer).apply(object);
  }

  static boolean isDeleting(Tree object) {
    return !object.text("metadata", "deletionTimestamp").isEmpty();
  }

  /// An object whose deletion has begun and that nothing holds any more.
  static boolean isOver(Rules rules, Tree object) {
    return isDeleting(object)
        && object.number(-1, "metadata", "deletionGracePeriodSeconds") == 0
        && finalizers(object).isEmpty()
        && !rules.isHeld(object);
  }

  /// A changed object with the metadata that only the server writes as it was.
  static Tree withServersOwn(Rules rules, Tree now, Tree before) {
    Tree result = now;
    for (String field :
        List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "generateName")) result = same(result, before, field);
    if (rules.countsGenerations()) result = same(result, before, "generation");
    return result.without("metadata", "managedFields").without("metadata", "selfLink");
  }

  private static Tree same(Tree now, Tree before, String field) {
    var old = before.at("metadata", field);
    return old.isNothing() ? now.without("metadata", field) : now.with(old, "metadata", field);
  }

  /// Metadata fields that a write of the status takes over, for the kinds that allow it.
  static Tree withStatusMetadata(Tree before, Tree now) {
    Tree result = before;
    for (String field : List.of("labels", "annotations", "finalizers"))
      result = same(result, now, field);
    return result;
  }

  static void validateName(Rules rules, String name, Problems problems) {
    if (rules.namesAreLabels()) label("metadata.name", name, problems);
    else subdomain("metadata.name", name, problems);
  }

  static void label(String field, String name, Problems problems) {
    if (name.length() > 63) problems.invalid(field, name, "must be no more than 63 characters");
    else if (!IS_LABEL.matcher(name).matches())
      problems.invalid(
          field,
          name,
          "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
              + " and must start and end with an alphanumeric character (e.g. 'my-name',  or"
              + " '123-abc', regex used for validation is '"
              + LABEL
              + "')");
  }

  static void subdomain(String field, String name, Problems problems) {
    if (name.length() > 253) problems.invalid(field, name, "must be no more than 253 characters");
    else if (!IS_SUBDOMAIN.matcher(name).matches())
      problems.invalid(
          field,
          name,
          "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
              + " or '.', and must start and end with an alphanumeric character (e.g."
              + " 'example.com', regex used for validation is '"
              + SUBDOMAIN
              + "')");
  }

  static void validate(Tree object, Problems problems) {
    var meta = object.at("metadata");
    labels("metadata.labels", meta.textMap("labels"), problems);
    annotations(meta.textMap("annotations"), problems);
    var finalizers = meta.textList("finalizers");
    for (int i = 0; i < finalizers.size(); i++)
      finalizer("metadata.finalizers[" + i + "]", finalizers.get(i), problems);
    owners(meta.at("ownerReferences").items(), problems);
  }

  static void labels(String field, Map<String, String> labels, Problems problems) {
    labels.forEach((key, value) -> {
      qualified(field, key, problems);
      if (value.length() > 63) problems.invalid(field, value, "must be no more than 63 characters");
      else if (!IS_LABEL_VALUE.matcher(value).matches())
        problems.invalid(
            field,
            value,
            "a valid label must be an empty string or consist of alphanumeric characters, '-',"
                + " '_' or '.', and must start and end with an alphanumeric character (e.g."
                + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is '("
                + NAME_PART
                + ")?')");
    });
  }

  private static void qualified(String field, String key, Problems problems) {
    int slash = key.indexOf('/');
    var name = key.substring(slash + 1);
    if (slash > 253)
      problems.invalid(field, key, "prefix part must be no more than 253 characters");
    else if (slash >= 0 && !IS_SUBDOMAIN.matcher(key.substring(0, slash)).matches())
      problems.invalid(field, key, "prefix part must be a lowercase RFC 1123 subdomain");
    if (name.isEmpty()) problems.invalid(field, key, "name part must be non-empty");
    else if (name.length() > 63)
      problems.invalid(field, key, "name part must be no more than 63 characters");
    else if (!IS_NAME_PART.matcher(name).matches())
      problems.invalid(
          field,
          key,
          "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and"
              + " end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
              + " regex used for validation is '"
              + NAME_PART
              + "')");
  }

  private static void annotations(Map<String, String> annotations, Problems problems) {
    long bytes = 0;
    for (var entry : annotations.entrySet()) {
      qualified("metadata.annotations", entry.getKey().toLowerCase(Locale.ROOT), problems);
      bytes += bytes(entry.getKey()) + bytes(entry.getValue());
    }
    if (bytes > ANNOTATION_BYTES) problems.tooLong("metadata.annotations", ANNOTATION_BYTES);
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void finalizer(String field, String name, Problems problems) {
    qualified(field, name, problems);
    if (name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name))
      problems.invalid(
          field, name, "name is neither a standard finalizer name nor is it fully qualified");
  }

  private static void owners(List<Tree> owners, Problems problems) {
    int controllers = 0;
    for (int i = 0; i < owners.size(); i++) {
      var field = "metadata.ownerReferences[" + i + "]";
      for (String name : List.of("apiVersion", "kind", "name", "uid"))
        if (owners.get(i).text(name).isEmpty())
          problems.invalid(field + "." + name, "", "must not be empty");
      if (owners.get(i).truth(false, "controller")) controllers++;
    }
    if (controllers > 1)
      problems.invalid(
          "metadata.ownerReferences",
          "object",
          "Only one reference can have Controller set to true");
  }

  /// Checks what writers may not do to metadata. The arguments are as the writer sent them.
  static void validateChange(Tree sent, Tree before, Problems problems) {
    var meta = sent.at("metadata");
    for (String field : List.of("deletionTimestamp", "uid"))
      if (!meta.text(field).isEmpty() && !meta.text(field).equals(before.text("metadata", field)))
        problems.invalid("metadata." + field, meta.text(field), "field is immutable");
    var grace = meta.at("deletionGracePeriodSeconds");
    if (!grace.isNothing() && !grace.equals(before.at("metadata", "deletionGracePeriodSeconds")))
      problems.immutable("metadata.deletionGracePeriodSeconds");
    if (isDeleting(before)) refuseNewFinalizers(sent, before, problems);
  }

  private static void refuseNewFinalizers(Tree sent, Tree before, Problems problems) {
    var added =
        finalizers(sent).stream().filter(name -> !finalizers(before).contains(name)).toList();
    if (added.isEmpty()) return;
    var list = String.join(", ", added.stream().map(name -> '"' + name + '"').toList());
    problems.forbidden(
        "metadata.finalizers",
        "no new finalizers can be added if the object is being deleted, found new finalizers"
            + " []string{"
            + list
            + "}");
  }
}
