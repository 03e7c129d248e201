package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Deletion;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Scalars;
import dev.moorage.kubeserver.store.LogEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Decides deletions: at once, or marked while finalizers or a pod's grace hold the object.
final class Deletes {
  private final Rules rules;
  private final Request request;
  private final Occasion occasion;

  Deletes(Rules rules, Request request, Occasion occasion) {
    this.rules = rules;
    this.request = request;
    this.occasion = occasion;
  }

  Draft decide(Deletion deletion) {
    var name = request.target().name();
    if (!request.target().subresource().isEmpty()) throw Refusals.methodNotAllowed();
    var before =
        occasion
            .state()
            .find(rules.kind(), request.target().key())
            .orElseThrow(() -> Refusals.notFound(rules.kind(), name));
    checkPreconditions(deletion, before);
    rules.admitDeletion(name);
    long grace = rules.grace(before, deletion.graceSeconds());
    var marked = marked(before, grace, deletion.graceSeconds());
    boolean held = grace > 0 || !Metas.finalizers(marked).isEmpty() || rules.isHeld(marked);
    return held ? keep(before, marked) : end(before, marked);
  }

  private void checkPreconditions(Deletion deletion, Tree before) {
    var uid = before.text("metadata", "uid");
    if (!deletion.uid().isEmpty() && !deletion.uid().equals(uid))
      throw conflict("UID", deletion.uid(), uid, "deleted and then recreated");
    var version = Metas.version(before);
    if (!deletion.version().isEmpty() && !deletion.version().equals(version))
      throw conflict("ResourceVersion", deletion.version(), version, "modified");
  }

  private KubeException conflict(String what, String asked, String stored, String mayBe) {
    return Refusals.conflict(
        rules.kind(),
        request.target().name(),
        ("the %s in the precondition (%s) does not match the %s in record (%s)."
                + " The object might have been %s")
            .formatted(what, asked, what, stored, mayBe));
  }

  /// The object with its deletion time: set once; later deletions can only bring it nearer.
  private Tree marked(Tree object, long grace, long asked) {
    if (!Metas.isDeleting(object)) return mark(object, occasion.now().plusSeconds(grace), grace);
    long old = object.number(0, "metadata", "deletionGracePeriodSeconds");
    boolean nearer = grace < old && (asked >= 0 || grace == 0);
    if (!nearer) return object;
    var end = Instant.parse(object.text("metadata", "deletionTimestamp"));
    return mark(object, end.minus(Duration.ofSeconds(old - grace)), grace);
  }

  private Tree mark(Tree object, Instant end, long grace) {
    var marked =
        object
            .with(Scalars.time(end), "metadata", "deletionTimestamp")
            .with(Tree.of(grace), "metadata", "deletionGracePeriodSeconds");
    return rules.countsGenerations() && !Metas.isDeleting(object)
        ? marked.with(
            Tree.of(object.number(0, "metadata", "generation") + 1), "metadata", "generation")
        : marked;
  }

  private Draft keep(Tree before, Tree marked) {
    var now = rules.prepareDeletion(marked);
    if (now.equals(before) || request.writing().dryRun()) return Draft.nothing(one(now));
    var entry = occasion.put(rules, now, 1);
    return new Draft(List.of(entry), one(entry.object()));
  }

  /// A pod's watchers see its mark before its end, as on a real server.
  private Draft end(Tree before, Tree marked) {
    if (request.writing().dryRun()) return Draft.nothing(one(before));
    var entries = new ArrayList<LogEntry>();
    boolean shown = rules.showsMarkBeforeEnd() && !marked.equals(before);
    if (shown) entries.add(occasion.put(rules, marked, 1));
    entries.add(occasion.delete(rules, shown ? marked : before, entries.size() + 1));
    return new Draft(entries, one(entries.getLast().object()));
  }

  private static Answer one(Tree tree) {
    return new Answer.One(tree, false, List.of());
  }
}
