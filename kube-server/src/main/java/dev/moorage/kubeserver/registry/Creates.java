package dev.moorage.kubeserver.registry;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Tree;
import java.util.List;

/// Decides creates.
final class Creates {
  private Creates() {}

  private static final int SUFFIX = 5;
  private static final int BASE_AT_MOST = 58; // with its suffix 63, the longest label
  private static final int TRIES = 8;

  static Draft decide(Rules rules, Request request, Body body, Occasion occasion) {
    var target = request.target();
    var writing = request.writing();
    var read = Bodies.whole(rules, body, writing.unknownFields());
    if (!Metas.version(read.tree()).isEmpty())
      throw new KubeException(
          KubeException.Reason.Unknown,
          "resourceVersion should not be set on objects to be created");
    var named = named(rules, inNamespace(rules, target, read.tree()), occasion);
    var key = Metas.keyOf(named);
    if (rules.kind().namespaced()) refuseNamespace(rules, key, occasion);
    var object = rules.prepareCreate(withServersOwn(rules, named, occasion), occasion);
    validate(rules, object);
    if (occasion.state().find(rules.kind(), key).isPresent())
      throw Refusals.alreadyExists(rules.kind(), key.name());
    var warnings = Bodies.warnings(rules, read, object, writing);
    return draft(rules, object, warnings, request, occasion);
  }

  private static Draft draft(
      Rules rules, Tree object, List<String> warnings, Request request, Occasion occasion) {
    if (request.writing().dryRun()) return Draft.nothing(new Answer.One(object, true, warnings));
    var entry = occasion.put(rules, object, 1);
    return new Draft(List.of(entry), new Answer.One(entry.object(), true, warnings));
  }

  private static Tree inNamespace(Rules rules, Request.Target target, Tree object) {
    if (!rules.kind().namespaced()) return object.without("metadata", "namespace");
    var own = object.text("metadata", "namespace");
    if (target.namespace().isEmpty()) throw Refusals.methodNotAllowed();
    if (!own.isEmpty() && !own.equals(target.namespace())) throw Refusals.otherNamespace();
    return object.with(Tree.of(target.namespace()), "metadata", "namespace");
  }

  private static Tree named(Rules rules, Tree object, Occasion occasion) {
    var name = object.text("metadata", "name");
    var base = object.text("metadata", "generateName");
    if (!name.isEmpty()) return object;
    if (base.isEmpty()) {
      var problems = new Problems();
      problems.required("metadata.name", "name or generateName is required");
      problems.refuse(rules.kind(), "");
    }
    return object.with(Tree.of(freeName(rules, object, base, occasion)), "metadata", "name");
  }

  private static String freeName(Rules rules, Tree object, String base, Occasion occasion) {
    var cut = base.length() > BASE_AT_MOST ? base.substring(0, BASE_AT_MOST) : base;
    var name = cut + occasion.entropy().suffix(SUFFIX);
    for (int i = 1; i < TRIES && taken(rules, object, name, occasion); i++)
      name = cut + occasion.entropy().suffix(SUFFIX);
    return name;
  }

  private static boolean taken(Rules rules, Tree object, String name, Occasion occasion) {
    var key = new ObjectKey(object.text("metadata", "namespace"), name);
    return occasion.state().find(rules.kind(), key).isPresent();
  }

  private static void refuseNamespace(Rules rules, ObjectKey key, Occasion occasion) {
    var namespace =
        occasion
            .state()
            .find(Kinds.NAMESPACE, ObjectKey.cluster(key.namespace()))
            .orElseThrow(() -> Refusals.notFound(Kinds.NAMESPACE, key.namespace()));
    if (namespace.text("status", "phase").equals("Terminating"))
      throw Refusals.namespaceTerminating(rules.kind(), key.name(), key.namespace());
  }

  private static Tree withServersOwn(Rules rules, Tree object, Occasion occasion) {
    Tree result =
        object
            .with(Tree.of(occasion.entropy().uid()), "metadata", "uid")
            .with(occasion.time(), "metadata", "creationTimestamp");
    for (String field :
        List.of("deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink"))
      result = result.without("metadata", field);
    return rules.countsGenerations() ? result.with(Tree.of(1), "metadata", "generation") : result;
  }

  private static void validate(Rules rules, Tree object) {
    var problems = new Problems();
    var name = object.text("metadata", "name");
    Metas.validateName(rules, object, problems);
    Metas.validate(rules, object, problems);
    rules.validate(object, problems);
    problems.refuse(rules.kind(), name);
  }
}
