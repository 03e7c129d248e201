package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.patch.JsonPatch;
import dev.moorage.kubeserver.patch.MergePatch;
import dev.moorage.kubeserver.patch.PatchRefused;
import dev.moorage.kubeserver.patch.StrategicPatch;
import dev.moorage.kubeserver.registry.Verb.Patching;
import java.util.List;

/// Decides replacements and patches, of objects and of their subresources.
final class Changes {
  private final Rules rules;
  private final Request request;
  private final Occasion occasion;

  Changes(Rules rules, Request request, Occasion occasion) {
    this.rules = rules;
    this.request = request;
    this.occasion = occasion;
  }

  Draft update(Body body) {
    var target = request.target();
    var found = occasion.state().find(rules.kind(), target.key());
    if (found.isEmpty() && rules.createsOnUpdate() && target.subresource().isEmpty())
      return Creates.decide(rules, request, body, occasion);
    var before = found.orElseThrow(this::notFound);
    var read = Bodies.whole(rules, body, request.writing().unknownFields());
    checkNames(read.tree());
    checkUid(read.tree(), before);
    checkVersion(read.tree(), before);
    return change(before, read);
  }

  Draft patch(Patching patching) {
    var before =
        occasion.state().find(rules.kind(), request.target().key()).orElseThrow(this::notFound);
    if (patching instanceof Patching.Named(_, var seen)
        && !seen.isEmpty()
        && !seen.equals(Metas.version(before)))
      throw Refusals.modified(rules.kind(), request.target().name());
    var mode = request.writing().unknownFields();
    var read = Bodies.patched(rules, patched(patching, before), duplicates(patching), mode);
    checkNames(read.tree());
    checkVersion(read.tree(), before);
    return change(before, read);
  }

  private RuntimeException notFound() {
    return Refusals.notFound(rules.kind(), request.target().name());
  }

  private Tree patched(Patching patching, Tree before) {
    try {
      return switch (patching) {
        case Patching.Named(var patch, _) -> patch.apply(before);
        case Patching.Json(var body) -> JsonPatch.apply(before, body.tree());
        case Patching.Merge(var body) -> MergePatch.apply(before, body.tree());
        case Patching.Strategic(var body) ->
            StrategicPatch.apply(rules.schema(), before, body.tree());
      };
    } catch (PatchRefused e) {
      throw e.isUndecodable()
          ? Refusals.badRequest("error decoding patch: " + e.getMessage())
          : Refusals.unfittingPatch();
    }
  }

  private static List<String> duplicates(Patching patching) {
    return switch (patching) {
      case Patching.Named _ -> List.of();
      case Patching.Json(var body) -> body.duplicates();
      case Patching.Merge(var body) -> body.duplicates();
      case Patching.Strategic(var body) -> body.duplicates();
    };
  }

  private void checkNames(Tree sent) {
    var target = request.target();
    var name = sent.text("metadata", "name");
    if (name.isEmpty())
      throw Refusals.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(target.name()));
    if (!name.equals(target.name()))
      throw Refusals.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(name, target.name()));
    var namespace = sent.text("metadata", "namespace");
    boolean elsewhere = rules.kind().namespaced() && !namespace.equals(target.namespace());
    if (!namespace.isEmpty() && elsewhere) throw Refusals.otherNamespace();
  }

  private void checkUid(Tree sent, Tree before) {
    var uid = sent.text("metadata", "uid");
    var stored = before.text("metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(stored))
      throw Refusals.conflict(
          rules.kind(),
          request.target().name(),
          "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + stored);
  }

  private void checkVersion(Tree sent, Tree before) {
    var version = Metas.version(sent);
    if (version.isEmpty() && !rules.updatesWithoutVersion()) refuseWithoutVersion();
    if (!version.isEmpty() && !version.equals(Metas.version(before)))
      throw Refusals.modified(rules.kind(), request.target().name());
  }

  private void refuseWithoutVersion() {
    var problems = new Problems();
    problems.invalid("metadata.resourceVersion", Tree.of(0), "must be specified for an update");
    var kind = rules.kind(); // a real server names the resource here
    var resource =
        new Kind<>(
            kind.group(), kind.version(), kind.plural(), kind.plural(), kind.namespaced(), Raw::of);
    problems.refuse(resource, request.target().name());
  }

  private Draft change(Tree before, Bodies.Read read) {
    var problems = new Problems();
    Metas.validateChange(read.tree(), before, problems);
    var now = prepared(Metas.withServersOwn(read.tree(), before), before);
    now = counted(now, before);
    validate(now, before, problems);
    var warnings = Bodies.warnings(rules, read, now, request.writing());
    warnings.removeAll(rules.warnings(before)); // a writer is told of what is new
    if (request.writing().dryRun()) return Draft.nothing(new Answer.One(now, false, warnings));
    if (Metas.isOver(rules, now)) return end(before, now, warnings);
    if (now.equals(before)) return Draft.nothing(new Answer.One(before, false, warnings));
    var entry = occasion.put(rules, now, 1);
    return new Draft(List.of(entry), new Answer.One(entry.object(), false, warnings));
  }

  /// The last finalizer is gone: the answer is the object in its old version, and watchers see the
  /// end of what was stored, as on a real server.
  private Draft end(Tree before, Tree last, List<String> warnings) {
    return new Draft(
        List.of(occasion.delete(rules, before, 1)), new Answer.One(last, false, warnings));
  }

  private Tree prepared(Tree now, Tree before) {
    return switch (request.target().subresource()) {
      case "" -> {
        var kept = rules.hasStatus() ? part(now, before, "status") : now;
        yield rules.prepareUpdate(kept, before, occasion);
      }
      case "status" -> {
        if (!rules.hasStatus()) throw Refusals.methodNotAllowed();
        var base = rules.statusChangesMetadata() ? Metas.withStatusMetadata(before, now) : before;
        yield rules.prepareStatus(part(base, now, "status"), before, occasion);
      }
      case "finalize" -> before.with(part(before.at("spec"), now.at("spec"), "finalizers"), "spec");
      default -> throw Refusals.methodNotAllowed();
    };
  }

  /// An object with one part of another one.
  private static Tree part(Tree object, Tree source, String name) {
    var part = source.at(name);
    return part.isNothing() ? object.without(name) : object.with(part, name);
  }

  private Tree counted(Tree now, Tree before) {
    if (!rules.countsGenerations() || now.at("spec").equals(before.at("spec"))) return now;
    return now.with(
        Tree.of(before.number(0, "metadata", "generation") + 1), "metadata", "generation");
  }

  private void validate(Tree now, Tree before, Problems problems) {
    Metas.validate(rules, now, problems);
    boolean wholeObject = request.target().subresource().isEmpty();
    if (wholeObject) {
      rules.validate(now, problems);
      rules.validateChange(now, before, problems);
    }
    problems.refuse(rules.kind(), request.target().name());
    if (wholeObject) rules.admitChange(now, before, occasion.state());
  }
}
