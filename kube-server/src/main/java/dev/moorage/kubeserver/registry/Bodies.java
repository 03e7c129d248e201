package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.UnknownFields;
import dev.moorage.kubeserver.schema.Decoder;
import dev.moorage.kubeserver.schema.Misfit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Bodies of writes, read as objects of their kind.
final class Bodies {
  private Bodies() {}

  /// An object in stored form.
  ///
  /// @param unknown one sentence for each field that was unknown or stood there twice
  record Read(Tree tree, List<String> unknown) {}

  /// What the writer is told beside the answer.
  ///
  /// @param now the object as it is stored
  static List<String> warnings(Rules rules, Read read, Tree now, Request.Writing writing) {
    var all = new ArrayList<String>();
    if (writing.unknownFields() == UnknownFields.WARN) all.addAll(read.unknown);
    all.addAll(rules.warnings(now));
    return all;
  }

  /// Reads a whole object that a client sent.
  static Read whole(Rules rules, Body body, UnknownFields mode) {
    var kind = rules.kind();
    checkType(kind, body.tree());
    var read = decoded(rules, body.tree(), body.duplicates());
    if (mode == UnknownFields.REFUSE && !read.unknown.isEmpty())
      throw Refusals.undecodable(kind, "strict decoding error: " + String.join(", ", read.unknown));
    return read;
  }

  /// Reads an object that a patch has made.
  static Read patched(Rules rules, Tree tree, List<String> duplicates, UnknownFields mode) {
    Read read;
    try {
      checkType(rules.kind(), tree);
      read = decoded(rules, tree, duplicates);
    } catch (KubeException e) {
      throw refusedPatch(String.valueOf(e.getMessage()));
    }
    if (mode == UnknownFields.REFUSE && !read.unknown.isEmpty())
      throw refusedPatch("strict decoding error: " + String.join(", ", read.unknown));
    return read;
  }

  private static KubeException refusedPatch(String why) {
    var problems = new Problems();
    problems.invalid("patch", "object", why);
    return problems.refusal(NO_KIND, "");
  }

  /// The real server names no kind there.
  private static final Kind<?> NO_KIND = new Kind<>("", "", "", "", false, Raw::of);

  private static Read decoded(Rules rules, Tree tree, List<String> duplicates) {
    try {
      var decoded = Decoder.decode(rules.schema(), tree);
      var unknown = new ArrayList<String>();
      decoded.unknown().forEach(path -> unknown.add("unknown field \"" + path + "\""));
      duplicates.forEach(path -> unknown.add("duplicate field \"" + path + "\""));
      return new Read(typed(rules.kind(), decoded.tree()), unknown);
    } catch (Misfit e) {
      throw Refusals.undecodable(rules.kind(), String.valueOf(e.getMessage()));
    }
  }

  private static void checkType(Kind<?> kind, Tree tree) {
    if (!(tree instanceof Tree.Fields))
      throw Refusals.undecodable(kind, "json: cannot unmarshal a body that is no object");
    var apiVersion = tree.text("apiVersion");
    var name = tree.text("kind");
    boolean other = !apiVersion.isEmpty() && !apiVersion.equals(kind.apiVersion());
    if (other || (!name.isEmpty() && !name.equals(kind.name())))
      throw otherType(
          kind,
          name.isEmpty() ? kind.name() : name,
          apiVersion.isEmpty() ? kind.apiVersion() : apiVersion);
  }

  private static KubeException otherType(Kind<?> kind, String name, String apiVersion) {
    return Refusals.badRequest(
        "%s in version \"%s\" cannot be handled as a %s: no kind \"%s\" is registered for version"
                .formatted(name, apiVersion.replaceFirst(".*/", ""), kind.name(), name)
            + " \""
            + apiVersion
            + "\" here");
  }

  /// The object with kind and version, metadata first.
  private static Tree typed(Kind<?> kind, Tree tree) {
    var fields = new LinkedHashMap<String, Tree>();
    fields.put("apiVersion", Tree.of(kind.apiVersion()));
    fields.put("kind", Tree.of(kind.name()));
    fields.put("metadata", tree.at("metadata").isNothing() ? Tree.empty() : tree.at("metadata"));
    tree.fields().forEach(fields::putIfAbsent);
    return new Tree.Fields(fields);
  }
}
