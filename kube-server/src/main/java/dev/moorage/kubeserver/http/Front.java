package dev.moorage.kubeserver.http;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.registry.Request.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds who answers a call, by its path.
final class Front {
  private final Login login;
  private final Objects objects;
  private final Discovery discovery = new Discovery();
  private final OpenApi openApi = new OpenApi();

  Front(Login login, Registry registry, Supplier<Instant> now) {
    this.login = login;
    this.objects = new Objects(registry, now);
  }

  Reply answer(Call call) {
    try {
      return call.path().isEmpty() ? root(call) : allowed(call);
    } catch (KubeException e) {
      return refusal(e);
    }
  }

  static Reply refusal(KubeException e) {
    return Reply.json(e.code(), Statuses.failure(e));
  }

  private Reply root(Call call) {
    login.user(call);
    var paths =
        List.of(
            "/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v3", "/readyz", "/version");
    return Reply.json(Tree.object("paths", Tree.texts(paths)));
  }

  private Reply allowed(Call call) {
    var user = login.user(call);
    var path = call.path();
    return switch (path.getFirst()) {
      case "version" -> read(call, 1, Version.answer());
      case "healthz", "livez", "readyz" -> health(call);
      case "api" -> core(call, user);
      case "apis" -> grouped(call, user);
      case "openapi" -> openApi.answer(onlyRead(call));
      default -> throw Refusal.unknownPath();
    };
  }

  private static Call onlyRead(Call call) {
    if (!call.method().equals("GET")) throw Refusal.methodNotAllowed();
    return call;
  }

  private static Reply read(Call call, int depth, Reply reply) {
    if (call.path().size() != depth) throw Refusal.unknownPath();
    onlyRead(call);
    return reply;
  }

  private static Reply health(Call call) {
    onlyRead(call);
    var check = call.path().getFirst();
    if (call.path().size() > 2) throw Refusal.unknownPath();
    if (call.path().size() == 2 && !call.path().get(1).equals("ping")) throw Refusal.unknownPath();
    var text = call.query().truth("verbose") ? "[+]ping ok\n" + check + " check passed\n" : "ok";
    return new Reply.Text(Reply.OK, "text/plain; charset=utf-8", text);
  }

  private Reply core(Call call, String user) {
    var path = call.path();
    if (path.size() == 1) return discovery.core(accept(onlyRead(call)));
    return resources(call, path.get(1), path.subList(2, path.size()), user);
  }

  private Reply grouped(Call call, String user) {
    var path = call.path();
    if (path.size() == 1) return discovery.groups(accept(onlyRead(call)));
    if (path.size() == 2) return discovery.group(onlyRead(call).path().get(1));
    var groupVersion = path.get(1) + "/" + path.get(2);
    return resources(call, groupVersion, path.subList(3, path.size()), user);
  }

  private static Accept accept(Call call) {
    return Accept.parse(call.header("accept"));
  }

  // Resources

  private Reply resources(Call call, String groupVersion, List<String> rest, String user) {
    if (rest.isEmpty()) {
      onlyRead(call);
      return discovery.resources(groupVersion);
    }
    var place = Place.of(groupVersion, rest);
    var kind = Catalogue.kind(place.offered());
    return kind.isEmpty()
        ? question(call, place, user)
        : objects.answer(call, place.offered(), place.target(kind.get()), user);
  }

  private static Reply question(Call call, Place place, String user) {
    if (!place.name().isEmpty()) throw Refusal.unknownPath();
    if (!call.method().equals("POST")) throw Refusal.methodNotAllowed();
    var asked = Bodies.object(call.body(), place.offered().kind()).tree();
    return Reply.json(Reply.CREATED, Reviews.answer(place.offered(), asked, user));
  }

  /// What a path behind its group and version names.
  private record Place(Offered offered, String namespace, String name, String subresource) {
    private static final Map<String, List<String>> UNSERVED =
        Map.of(
            "pods", List.of("log", "exec", "attach", "portforward", "proxy"),
            "serviceaccounts", List.of("token"));

    static Place of(String groupVersion, List<String> rest) {
      if (rest.size() > 2 && rest.getFirst().equals("namespaces")) {
        var inside = offered(groupVersion, rest.get(2)).filter(Offered::namespaced);
        if (inside.isPresent()) return of(inside.get(), rest.get(1), rest.subList(3, rest.size()));
      }
      var offered = offered(groupVersion, rest.getFirst()).orElseThrow(Refusal::unknownPath);
      if (offered.namespaced() && rest.size() > 1) throw Refusal.unknownPath();
      return of(offered, "", rest.subList(1, rest.size()));
    }

    private static Optional<Offered> offered(String groupVersion, String plural) {
      return Catalogue.find(groupVersion, plural);
    }

    private static Place of(Offered offered, String namespace, List<String> rest) {
      if (rest.size() > 2) throw unserved(offered, rest.get(1));
      var name = rest.isEmpty() ? "" : rest.getFirst();
      var sub = rest.size() == 2 ? rest.get(1) : "";
      if (!sub.isEmpty() && !offered.hasSubresource(sub)) throw unserved(offered, sub);
      return new Place(offered, namespace, name, sub);
    }

    /// There are no containers behind our pods' logs and terminals, and tokens are for nobody else
    /// than the one user.
    private static KubeException unserved(Offered offered, String sub) {
      boolean known = UNSERVED.getOrDefault(offered.plural(), List.of()).contains(sub);
      return known
          ? new KubeException(
              Reason.MethodNotAllowed, "Moorage does not serve " + offered.plural() + "/" + sub)
          : Refusal.unknownPath();
    }

    Target target(Kind<?> kind) {
      return new Target(kind, namespace, name, subresource);
    }
  }
}
