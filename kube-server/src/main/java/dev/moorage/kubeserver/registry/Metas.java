package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Metadata: what of it belongs to the server, and what users may write.
final class Metas {
  private Metas() {}

  private static final int ANNOTATION_BYTES = 256 * 1024;
  private static final String OWNERS = "metadata.ownerReferences";
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
  static Tree withServersOwn(Tree now, Tree before) {
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
            "generation")) result = same(result, before, field);
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

  static void validateName(Rules rules, Tree object, Problems problems) {
    var base = object.text("metadata", "generateName");
    if (!base.isEmpty())
      problems.misnamed("metadata.generateName", base, rules.misnamed(Names.completed(base)));
    var name = object.text("metadata", "name");
    problems.misnamed("metadata.name", name, rules.misnamed(name));
  }

  static void validate(Rules rules, Tree object, Problems problems) {
    var meta = object.at("metadata");
    if (meta.number(0, "generation") < 0)
      problems.invalid(
          "metadata.generation", meta.at("generation"), "must be greater than or equal to 0");
    Names.checkLabels("metadata.labels", meta.textMap("labels"), problems);
    annotations(meta.textMap("annotations"), problems);
    owners(meta.at("ownerReferences").items(), problems);
    finalizers(rules, meta.textList("finalizers"), problems);
  }

  private static void annotations(Map<String, String> annotations, Problems problems) {
    long bytes = 0;
    for (var entry : annotations.entrySet()) {
      var key = entry.getKey();
      problems.misnamed("metadata.annotations", key, Names.qualified(key.toLowerCase(Locale.ROOT)));
      bytes += bytes(entry.getKey()) + bytes(entry.getValue());
    }
    if (bytes > ANNOTATION_BYTES) problems.tooLong("metadata.annotations", ANNOTATION_BYTES);
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void finalizers(Rules rules, List<String> names, Problems problems) {
    for (String name : names) problems.misnamed("metadata.finalizers", name, Names.qualified(name));
    if (!rules.knowsFinalizers()) return;
    for (int i = 0; i < names.size(); i++)
      if (names.get(i).indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(names.get(i)))
        problems.invalid(
            "metadata.finalizers[" + i + "]",
            names.get(i),
            "name is neither a standard finalizer name nor is it fully qualified");
  }

  private static void owners(List<Tree> owners, Problems problems) {
    var controllers = new ArrayList<String>();
    for (Tree owner : owners) {
      owner(owner, problems);
      if (owner.truth(false, "controller"))
        controllers.add(owner.text("kind") + "/" + owner.text("name"));
    }
    if (controllers.size() > 1)
      problems.invalid(
          OWNERS,
          Tree.list(owners),
          "Only one reference can have Controller set to true. Found \"true\" in references for "
              + String.join(" and ", controllers));
  }

  private static void owner(Tree owner, Problems problems) {
    var apiVersion = owner.text("apiVersion");
    boolean versioned = !apiVersion.isEmpty() && apiVersion.split("/", -1).length <= 2;
    if (!versioned)
      problems.invalid(OWNERS + ".apiVersion", apiVersion, "version must not be empty");
    for (String name : List.of("kind", "name", "uid"))
      if (owner.text(name).isEmpty())
        problems.invalid(OWNERS + "." + name, "", "must not be empty");
    if (apiVersion.equals("v1") && owner.text("kind").equals("Event"))
      problems.invalid(OWNERS, owner, "/v1, Kind=Event is disallowed from being an owner");
  }

  /// Checks what writers may not do to metadata. The arguments are as the writer sent them.
  static void validateChange(Tree sent, Tree before, Problems problems) {
    var meta = sent.at("metadata");
    for (String field : List.of("deletionTimestamp", "deletionGracePeriodSeconds", "uid"))
      if (!meta.at(field).isNothing())
        problems.immutable("metadata." + field, meta.at(field), before.at("metadata", field));
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
