package dev.moorage.kubeclient;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a server offers. Asked once, and again when something is not found, as new kinds come.
public final class Discovery {
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";

  private final Wire wire;
  private List<Resource> known = List.of(); // guarded by this

  Discovery(Wire wire) {
    this.wire = wire;
  }

  /// All resources in the server's order of preference, core first; subresources apart.
  public List<Resource> all() {
    var known = known();
    return known.isEmpty() ? asked() : known;
  }

  private synchronized List<Resource> known() {
    return known;
  }

  private List<Resource> asked() {
    var fresh = new ArrayList<Resource>();
    for (var root : List.of("/api", "/apis")) fresh.addAll(under(root));
    synchronized (this) {
      known = List.copyOf(fresh);
      return known;
    }
  }

  /// Finds what people name a resource by: plural, singular, short name or kind, each also with its
  /// group (`volumesnapshots.snapshot.storage.k8s.io`, `leases.v1.coordination.k8s.io`).
  public Optional<Resource> find(String name) {
    var wanted = name.toLowerCase(Locale.ROOT);
    return found(all -> find(all, wanted));
  }

  /// Finds the resource of an object by what stands in it.
  ///
  /// @param apiVersion e.g. `storage.k8s.io/v1`
  /// @param kind e.g. `StorageClass`
  public Optional<Resource> find(String apiVersion, String kind) {
    return found(all ->
        first(
            all,
            one -> one.kind().apiVersion().equals(apiVersion) && one.kind().name().equals(kind)));
  }

  /// The resources of a category, e.g. `all`.
  public List<Resource> category(String name) {
    return all().stream().filter(one -> one.categories().contains(name)).toList();
  }

  private Optional<Resource> found(Function<List<Resource>, Optional<Resource>> look) {
    boolean old = !known().isEmpty();
    var found = look.apply(all());
    return found.isPresent() || !old ? found : look.apply(asked());
  }

  private static Optional<Resource> find(List<Resource> all, String wanted) {
    int dot = wanted.indexOf('.');
    var name = dot < 0 ? wanted : wanted.substring(0, dot);
    var group = dot < 0 ? "" : wanted.substring(dot + 1);
    var inGroup = all.stream().filter(one -> isIn(one.kind(), group)).toList();
    return Stream.<Predicate<Resource>>of(
            one -> one.kind().plural().equals(name),
            one -> one.singular().equals(name),
            one -> one.shortNames().contains(name),
            one -> one.kind().name().toLowerCase(Locale.ROOT).equals(name))
        .flatMap(rule -> first(inGroup, rule).stream())
        .findFirst();
  }

  /// @param group empty, `group` or `version.group`
  private static boolean isIn(Kind<?> kind, String group) {
    return group.isEmpty()
        || kind.group().equals(group)
        || (kind.version() + "." + kind.group()).equals(group)
        || (kind.group().isEmpty() && kind.version().equals(group));
  }

  private static Optional<Resource> first(List<Resource> all, Predicate<Resource> rule) {
    return all.stream().filter(rule).findFirst();
  }

  // Asking

  private List<Resource> under(String root) {
    var answered = wire.ask(Ask.get(root, AGGREGATED), Wire::object);
    return answered.text("kind").equals("APIGroupDiscoveryList")
        ? aggregated(answered)
        : legacy(root, answered);
  }

  private static List<Resource> aggregated(Tree groups) {
    return groups.at("items").items().stream()
        .flatMap(group ->
            group.at("versions").items().stream()
                .flatMap(version ->
                    version.at("resources").items().stream()
                        .filter(one -> !one.text("responseKind", "kind").isEmpty())
                        .map(one ->
                            aggregated(
                                group.text("metadata", "name"), version.text("version"), one))))
        .toList();
  }

  private static Resource aggregated(String group, String version, Tree one) {
    return new Resource(
        new Kind<>(
            group,
            version,
            one.text("responseKind", "kind"),
            one.text("resource"),
            one.text("scope").equals("Namespaced"),
            Raw::of),
        one.text("singularResource"),
        one.textList("shortNames"),
        one.textList("categories"),
        one.textList("verbs"),
        one.at("subresources").items().stream().map(sub -> sub.text("subresource")).toList());
  }

  /// One question more for each group and version: older servers.
  private List<Resource> legacy(String root, Tree answered) {
    var versions =
        root.equals("/api")
            ? answered.textList("versions")
            : answered.at("groups").items().stream().flatMap(Discovery::versions).toList();
    var all = new ArrayList<Resource>();
    for (var version : versions) all.addAll(legacyVersion(root + "/" + version));
    return all;
  }

  /// The preferred one first.
  private static Stream<String> versions(Tree group) {
    var preferred = group.text("preferredVersion", "groupVersion");
    return Stream.concat(
            Stream.of(preferred).filter(one -> !one.isEmpty()),
            group.at("versions").items().stream().map(one -> one.text("groupVersion")))
        .distinct();
  }

  /// A group whose own server is away must not hide the others.
  private List<Resource> legacyVersion(String path) {
    Tree list;
    try {
      list = wire.ask(Ask.get(path), Wire::object);
    } catch (KubeException e) {
      if (e.code() == KubeException.Reason.ServiceUnavailable.code() || e.isNotFound())
        return List.of();
      throw e;
    }
    var items = list.at("resources").items();
    return items.stream()
        .filter(one -> !one.text("name").contains("/"))
        .map(one -> legacy(list.text("groupVersion"), one, items))
        .toList();
  }

  private static Resource legacy(String groupVersion, Tree one, List<Tree> items) {
    int slash = groupVersion.indexOf('/');
    var plural = one.text("name");
    var kind =
        new Kind<>(
            slash < 0 ? "" : groupVersion.substring(0, slash),
            groupVersion.substring(slash + 1),
            one.text("kind"),
            plural,
            one.truth(false, "namespaced"),
            Raw::of);
    return new Resource(
        kind,
        one.text("singularName").isEmpty()
            ? kind.name().toLowerCase(Locale.ROOT)
            : one.text("singularName"),
        one.textList("shortNames"),
        one.textList("categories"),
        one.textList("verbs"),
        items.stream()
            .map(item -> item.text("name"))
            .filter(name -> name.startsWith(plural + "/"))
            .map(name -> name.substring(plural.length() + 1))
            .toList());
  }
}
