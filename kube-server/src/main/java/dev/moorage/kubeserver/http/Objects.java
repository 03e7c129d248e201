package dev.moorage.kubeserver.http;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.http.Rendering.IncludeObject;
import dev.moorage.kubeserver.registry.Answer;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.registry.Request;
import dev.moorage.kubeserver.registry.Request.Target;
import dev.moorage.kubeserver.registry.Request.UnknownFields;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.registry.Verb;
import dev.moorage.kubeserver.registry.Verb.Patching;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Asks the registry about objects: one method per HTTP method.
final class Objects {
  private static final Writing READING = new Writing(false, UnknownFields.IGNORE);

  private final Registry registry;
  private final Supplier<Instant> now;
  private final SharedLines lines = new SharedLines();

  Objects(Registry registry, Supplier<Instant> now) {
    this.registry = registry;
    this.now = now;
  }

  Reply answer(Call call, Offered offered, Target target, String user) {
    var asked = new Asked(call, offered, target, user);
    return switch (call.method()) {
      case "GET" -> target.name().isEmpty() ? many(asked) : get(asked);
      case "POST" -> create(asked);
      case "PUT" -> update(asked);
      case "PATCH" -> patch(asked);
      case "DELETE" -> target.name().isEmpty() ? deleteAll(asked) : delete(asked);
      default -> throw Refusal.methodNotAllowed();
    };
  }

  private record Asked(Call call, Offered offered, Target target, String user) {
    Kind<?> kind() {
      return target.kind();
    }

    /// @throws dev.moorage.kube.KubeException unless the resource, or its subresource, takes it
    void mustTake(String verb) {
      boolean takes =
          target.subresource().isEmpty()
              ? offered.offers(verb)
              : offered.offers(target.subresource(), verb);
      if (!takes) throw Refusal.methodNotAllowed();
    }

    /// Objects of namespaces are made and deleted in one of them.
    void mustNameNamespace() {
      if (kind().namespaced() && target.namespace().isEmpty()) throw Refusal.methodNotAllowed();
    }

    Rendering rendering(Supplier<Instant> now) {
      return new Rendering(kind(), Accept.parse(call.header("accept")).shape(), included(), now);
    }

    private IncludeObject included() {
      var value = call.query().text("includeObject");
      return switch (value) {
        case "None" -> IncludeObject.NONE;
        case "", "Metadata" -> IncludeObject.METADATA;
        case "Object" -> IncludeObject.OBJECT;
        default ->
            throw Refusal.badRequest(
                "Unable to convert to Table as requested: includeObject: Invalid value: \""
                    + value
                    + "\": must be 'Metadata', 'Object', 'None', or empty");
      };
    }
  }

  private Answer ask(Asked asked, Verb verb, Writing writing) {
    return registry.handle(new Request(asked.user(), asked.target(), verb, writing));
  }

  // Reads

  private Reply get(Asked asked) {
    asked.mustTake("get");
    var rendering = asked.rendering(now);
    var version = asked.call().query().text("resourceVersion");
    return reply(rendering, ask(asked, new Verb.Get(version), READING));
  }

  private Reply many(Asked asked) {
    if (asked.call().query().truth("watch")) return watch(asked);
    asked.mustTake("list");
    var rendering = asked.rendering(now);
    var query = asked.call().query();
    if (query.values().containsKey("sendInitialEvents"))
      throw Refusal.forbiddenOption(
          "ListOptions", "sendInitialEvents", "sendInitialEvents is forbidden for list");
    query.number("timeoutSeconds", 0); // no list takes long, but a wrong one is refused
    var verb = new Verb.List(Options.selection(query), Options.page(query));
    return reply(rendering, ask(asked, verb, READING));
  }

  private static final Duration WATCH_AT_MOST = Duration.ofMinutes(45);

  private Reply watch(Asked asked) {
    asked.mustTake("watch");
    // A finite answer to an upgrade lets clients that prefer WebSockets fall back at once.
    if (!asked.call().header("upgrade").isEmpty())
      return new Reply.Text(Reply.OK, Reply.JSON_TYPE, "");
    var query = asked.call().query();
    var watching = asked.rendering(now).watching(lines);
    long seconds = query.number("timeoutSeconds", 0);
    var atMost = seconds > 0 ? Duration.ofSeconds(seconds) : WATCH_AT_MOST;
    var verb =
        new Verb.Watch(
            Options.selection(query), WatchStart.since(query), query.truth("allowWatchBookmarks"));
    if (ask(asked, verb, READING) instanceof Answer.Watching(var feed))
      return new Reply.Events(feed, watching::line, atMost);
    throw unexpected();
  }

  // Writes

  private Reply create(Asked asked) {
    boolean sub = !asked.target().subresource().isEmpty();
    if (!sub && !asked.target().name().isEmpty()) throw Refusal.methodNotAllowed();
    asked.mustTake("create");
    asked.mustNameNamespace();
    var writing = Options.writing(asked.call().query(), "CreateOptions");
    var rendering = asked.rendering(now);
    var body = Bodies.object(asked.call().body(), asked.kind().name());
    return reply(rendering, ask(asked, new Verb.Create(body), writing));
  }

  private Reply update(Asked asked) {
    mustName(asked);
    asked.mustTake("update");
    var writing = Options.writing(asked.call().query(), "UpdateOptions");
    var rendering = asked.rendering(now);
    var body = Bodies.object(asked.call().body(), asked.kind().name());
    return reply(rendering, ask(asked, new Verb.Update(body), writing));
  }

  private Reply patch(Asked asked) {
    mustName(asked);
    asked.mustTake("patch");
    var query = asked.call().query();
    var patching = patching(asked.call().body());
    if (query.values().containsKey("force"))
      throw Refusal.forbiddenOption(
          "PatchOptions", "force", "may not be specified for non-apply patch");
    var writing = Options.writing(query, "PatchOptions");
    var rendering = asked.rendering(now);
    return reply(rendering, ask(asked, new Verb.Change(patching), writing));
  }

  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String STRATEGIC_PATCH = "application/strategic-merge-patch+json";

  /// Server-side apply is not served: clients take the refusal for an older server.
  private static Patching patching(Content body) {
    return switch (body.mediaType()) {
      case JSON_PATCH -> new Patching.Json(Bodies.patch(body));
      case MERGE_PATCH -> new Patching.Merge(Bodies.patch(body));
      case STRATEGIC_PATCH -> new Patching.Strategic(Bodies.patch(body));
      default ->
          throw Refusal.unsupportedBody(
              String.join(", ", List.of(JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH)));
    };
  }

  private static void mustName(Asked asked) {
    if (asked.target().name().isEmpty()) throw Refusal.methodNotAllowed();
  }

  private Reply delete(Asked asked) {
    asked.mustTake("delete");
    var rendering = asked.rendering(now);
    var options = Options.deleting(asked.call().query(), Bodies.deleteOptions(asked.call().body()));
    var verb = new Verb.Delete(options.deletion());
    var answer = ask(asked, verb, options.writing());
    boolean goneUnseen =
        answer instanceof Answer.One(var tree, _, _) && isGone(tree) && !isShown(asked.kind());
    return goneUnseen && answer instanceof Answer.One(var tree, _, _)
        ? Reply.json(Statuses.gone(asked.kind(), tree))
        : reply(rendering, answer);
  }

  private static boolean isGone(Tree object) {
    return object.at("metadata", "finalizers").items().isEmpty();
  }

  /// Whether a deletion answers the object itself, as the real server does for these kinds.
  private static boolean isShown(Kind<?> kind) {
    return !List.of("ConfigMap", "Secret", "Event", "Node", "Lease", "CSIStorageCapacity")
        .contains(kind.name());
  }

  private Reply deleteAll(Asked asked) {
    asked.mustTake("deletecollection");
    asked.mustNameNamespace();
    var rendering = asked.rendering(now);
    var query = asked.call().query();
    var options = Options.deleting(query, Bodies.deleteOptions(asked.call().body()));
    var verb = new Verb.DeleteAll(Options.selection(query), options.deletion());
    return reply(rendering, ask(asked, verb, options.writing()));
  }

  private static Reply reply(Rendering rendering, Answer answer) {
    return switch (answer) {
      case Answer.One(var tree, var created, var warnings) ->
          new Reply.Json(
              created ? Reply.CREATED : Reply.OK, Reply.JSON_TYPE, rendering.one(tree), warnings);
      case Answer.Many many -> Reply.json(rendering.list(many));
      case Answer.Done() ->
          Reply.json(Reply.CREATED, Statuses.success().with(Tree.of(Reply.CREATED), "code"));
      case Answer.Watching(var feed) -> {
        feed.close();
        throw unexpected();
      }
    };
  }

  private static IllegalStateException unexpected() {
    return new IllegalStateException("the registry answered something else than was asked");
  }
}
