package dev.moorage.kubeserver.registry;

import dev.moorage.base.Entropy;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.Target;
import dev.moorage.kubeserver.store.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.function.Function;

/// An embedded Kubernetes API: all objects in memory, all writes in a log, one gate.
public final class Registry {
  private final Group group;
  private final Entropy entropy;
  private final Commits commits;
  private final Reads reads;
  private final Events events;
  private final Furniture furniture;
  private final Views views = new Views();

  private Registry(Group group, Entropy entropy, Commits commits, Reads reads, Settings settings) {
    this.group = group;
    this.entropy = entropy;
    this.commits = commits;
    this.reads = reads;
    this.events = new Events(this, group, settings);
    this.furniture = new Furniture(this);
  }

  /// Opens a registry on what a log keeps. Where they are missing, it makes the namespaces
  /// `default` and `kube-system`, and in every namespace the service account `default`.
  ///
  /// @param group the server's: its tasks and waits belong to it, and end with it. The log is
  ///   closed by whoever opened it, after the group.
  public static Registry open(Group group, Log log, Entropy entropy, Settings settings) {
    var kept = log.replay();
    var folded = State.folded(kept.folded(), kept.base());
    var histories = new Histories(settings.history(), folded);
    var state = histories.add(folded, kept.changes()).state();
    var commits = new Commits(log, group, histories, state);
    commits.start();
    var reads = new Reads(commits, histories, group, settings.bookmarkEvery());
    var registry = new Registry(group, entropy, commits, reads, settings);
    registry.furniture.open();
    registry.events.start();
    return registry;
  }

  /// Tells clients whom they can trust: the certificate, in PEM, stands from now on in the config
  /// map `kube-root-ca.crt` of every namespace.
  public void trust(String certificate) {
    furniture.trust(certificate);
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
      case Verb.Create(var body) -> create(rules, request, body);
      case Verb.Update(var body) ->
          write(occasion -> new Changes(rules, request, occasion).update(body));
      case Verb.Change(var patching) ->
          write(occasion -> new Changes(rules, request, occasion).patch(patching));
      case Verb.Delete delete -> delete(rules, request, delete);
      case Verb.DeleteAll all -> deleteAll(rules, request, all);
    };
  }

  private Answer create(Rules rules, Request request, Body body) {
    boolean event = rules.kind().sameAs(Kinds.EVENT);
    var answer =
        write(occasion -> {
          var draft = create(rules, request, body, occasion);
          return event ? events.withRoom(draft, occasion) : draft;
        });
    if (rules.kind().sameAs(Kinds.NAMESPACE)
        && !request.writing().dryRun()
        && answer instanceof Answer.One(var namespace, _, _))
      furniture.standIn(namespace.text("metadata", "name"));
    return answer;
  }

  private static Draft create(Rules rules, Request request, Body body, Occasion occasion) {
    var subresource = request.target().subresource();
    if (subresource.isEmpty()) return Creates.decide(rules, request, body, occasion);
    if (subresource.equals("binding") && rules.kind().sameAs(Kinds.POD))
      return Bindings.decide(rules, request, body, occasion);
    throw Refusals.methodNotAllowed();
  }

  private Answer delete(Rules rules, Request request, Verb.Delete delete) {
    return write(occasion -> new Deletes(rules, request, occasion).decide(delete.deletion()));
  }

  private Answer deleteAll(Rules rules, Request request, Verb.DeleteAll all) {
    var gone = new ArrayList<Tree>();
    for (ObjectKey key : reads.keys(rules, request, all.selection())) {
      var one =
          new Request(
              request.user(),
              Target.of(rules.kind(), key),
              new Verb.Delete(all.deletion()),
              request.writing());
      try {
        if (handle(one) instanceof Answer.One(var tree, _, _)) gone.add(tree);
      } catch (KubeException e) {
        if (!e.isNotFound()) throw e; // somebody else was faster
      }
    }
    return new Answer.Many(gone, Long.toString(commits.state().revision()), "", 0);
  }

  /// For watches in this process.
  Views views() {
    return views;
  }

  /// Whether there is no object of a kind.
  boolean isWithout(Kind<?> kind) {
    return commits.state().all(kind).size() == 0;
  }

  Answer write(Function<Occasion, Draft> decide) {
    Instant now = group.tasks().now();
    return commits.write(state -> decide.apply(new Occasion(state, now, entropy)));
  }
}
