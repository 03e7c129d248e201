package dev.moorage.kubeserver.registry;

import dev.moorage.base.Entropy;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.Target;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.store.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// An embedded Kubernetes API: all objects in memory, all writes in a log, one gate.
public final class Registry {
  private static final String USER = "system:moorage:registry";

  private final Group group;
  private final Entropy entropy;
  private final Commits commits;
  private final Reads reads;

  private Registry(Group group, Entropy entropy, Commits commits, Reads reads) {
    this.group = group;
    this.entropy = entropy;
    this.commits = commits;
    this.reads = reads;
  }

  /// Opens a registry on what a log keeps, and makes the namespaces `default` and `kube-system`
  /// where they are missing.
  ///
  /// @param group the server's: its tasks and waits belong to it, and end with it. The log is
  ///   closed by whoever opened it, after the group.
  public static Registry open(Group group, Log log, Entropy entropy, Settings settings) {
    var kept = log.replay();
    var folded = State.folded(kept.folded(), kept.base());
    var histories = new Histories(settings.history(), folded);
    histories.add(folded, kept.changes());
    var commits = new Commits(log, group, histories, folded.with(kept.changes()));
    commits.start();
    var reads = new Reads(commits, histories, group, settings.bookmarkEvery());
    var registry = new Registry(group, entropy, commits, reads);
    for (String name : List.of("default", "kube-system")) registry.makeNamespace(name);
    return registry;
  }

  private void makeNamespace(String name) {
    if (commits.state().find(Kinds.NAMESPACE, ObjectKey.cluster(name)).isPresent()) return;
    var body = Body.of(Tree.object("metadata", Tree.object("name", name)));
    handle(
        new Request(USER, Target.in(Kinds.NAMESPACE, ""), new Verb.Create(body), Writing.STRICT));
  }

  /// The gate: everything that anybody wants of the registry.
  ///
  /// May be called by any task. A write returns when it is durable; what it answers, every later
  /// read sees.
  ///
  /// @throws KubeException with reasons and words of a real API server
  public Answer handle(Request request) {
    var rules = RuleBook.of(request.target().kind());
    return switch (request.verb()) {
      case Verb.Get(var version) -> reads.get(rules, request, version);
      case Verb.List list -> reads.list(rules, request, list);
      case Verb.Watch watch -> reads.watch(rules, request, watch);
      case Verb.Create(var body) -> write(occasion -> create(rules, request, body, occasion));
      case Verb.Update(var body) ->
          write(occasion -> new Changes(rules, request, occasion).update(body));
      case Verb.Change(var patching) ->
          write(occasion -> new Changes(rules, request, occasion).patch(patching));
      case Verb.Delete delete -> delete(rules, request, delete);
      case Verb.DeleteAll all -> deleteAll(rules, request, all);
    };
  }

  private static Draft create(Rules rules, Request request, Body body, Occasion occasion) {
    var subresource = request.target().subresource();
    if (subresource.isEmpty()) return Creates.decide(rules, request, body, occasion);
    if (subresource.equals("binding") && rules.kind().sameAs(Kinds.POD))
      return Bindings.decide(rules, request, body, occasion);
    throw Refusals.methodNotAllowed();
  }

  private Answer delete(Rules rules, Request request, Verb.Delete delete) {
    return write(occasion ->
        new Deletes(rules, request, occasion).decide(delete.deletion(), delete.propagation()));
  }

  private Answer deleteAll(Rules rules, Request request, Verb.DeleteAll all) {
    var gone = new ArrayList<Tree>();
    for (ObjectKey key : reads.keys(rules, request, all.selection())) {
      var one =
          new Request(
              request.user(),
              Target.of(rules.kind(), key),
              new Verb.Delete(all.deletion(), all.propagation()),
              request.writing());
      try {
        if (handle(one) instanceof Answer.One(var tree, _, _)) gone.add(tree);
      } catch (KubeException e) {
        if (!e.isNotFound()) throw e; // somebody else was faster
      }
    }
    return new Answer.Many(gone, Long.toString(commits.state().revision()), "", 0);
  }

  private Answer write(Function<Occasion, Draft> decide) {
    Instant now = group.tasks().now();
    return commits.write(state -> decide.apply(new Occasion(state, now, entropy)));
  }
}
