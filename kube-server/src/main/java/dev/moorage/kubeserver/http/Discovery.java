package dev.moorage.kubeserver.http;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.http.Offered.Sub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Says which resources there are: in one document where the client knows that form, one per group
/// and version otherwise.
final class Discovery {
  private static final String AGGREGATED = "APIGroupDiscoveryList";

  /// `/api`: the core group.
  Reply core(Accept accept) {
    var aggregated = aggregatedVersion(accept);
    if (!aggregated.isEmpty()) return aggregated(aggregated, Map.of("", List.of("v1")));
    return Reply.json(
        Tree.object(
            "kind",
            "APIVersions",
            "versions",
            Tree.texts(List.of("v1")),
            "serverAddressByClientCIDRs",
            Tree.list(List.of())));
  }

  /// `/apis`: all other groups.
  Reply groups(Accept accept) {
    var aggregated = aggregatedVersion(accept);
    if (!aggregated.isEmpty()) return aggregated(aggregated, versionsByGroup());
    var groups = versionsByGroup().entrySet().stream();
    return Reply.json(
        Tree.object(
            "kind",
            "APIGroupList",
            "apiVersion",
            "v1",
            "groups",
            Tree.list(groups.map(group -> group(group.getKey(), group.getValue())).toList())));
  }

  /// `/apis/{group}`.
  Reply group(String name) {
    var versions = versionsByGroup().get(name);
    if (versions == null) throw Refusal.unknownPath();
    return Reply.json(
        Tree.object("kind", "APIGroup", "apiVersion", "v1")
            .with(group(name, versions).at("name"), "name")
            .with(group(name, versions).at("versions"), "versions")
            .with(group(name, versions).at("preferredVersion"), "preferredVersion"));
  }

  /// `/api/v1`, `/apis/{group}/{version}`.
  Reply resources(String groupVersion) {
    var offered = Catalogue.in(groupVersion);
    if (offered.isEmpty()) throw Refusal.unknownPath();
    var resources = new ArrayList<Tree>();
    for (Offered one : offered) {
      resources.add(resource(one));
      for (Sub sub : one.subresources()) resources.add(resource(one, sub));
    }
    return Reply.json(
        Tree.object(
            "kind",
            "APIResourceList",
            "apiVersion",
            "v1",
            "groupVersion",
            groupVersion,
            "resources",
            Tree.list(resources)));
  }

  private static Map<String, List<String>> versionsByGroup() {
    var versions = new LinkedHashMap<String, List<String>>();
    for (Offered one : Catalogue.all())
      if (!one.group().isEmpty()) {
        var known = new LinkedHashSet<>(versions.getOrDefault(one.group(), List.of()));
        known.add(one.version());
        versions.put(one.group(), List.copyOf(known));
      }
    return versions;
  }

  private static Tree group(String name, List<String> versions) {
    var all = versions.stream().map(version -> version(name, version)).toList();
    return Tree.object(
        "name", name, "versions", Tree.list(all), "preferredVersion", all.getFirst());
  }

  private static Tree version(String group, String version) {
    return Tree.object("groupVersion", group + "/" + version, "version", version);
  }

  private static Tree resource(Offered one) {
    var tree =
        Tree.object(
            "name",
            one.plural(),
            "singularName",
            one.singular(),
            "namespaced",
            one.namespaced(),
            "kind",
            one.kind(),
            "verbs",
            Tree.texts(one.verbs()));
    return withNames(tree, one);
  }

  private static Tree withNames(Tree tree, Offered one) {
    var named = tree;
    if (!one.shortNames().isEmpty()) named = named.with(Tree.texts(one.shortNames()), "shortNames");
    if (!one.categories().isEmpty()) named = named.with(Tree.texts(one.categories()), "categories");
    return named;
  }

  private static Tree resource(Offered one, Sub sub) {
    return Tree.object(
        "name",
        one.plural() + "/" + sub.name(),
        "singularName",
        "",
        "namespaced",
        one.namespaced(),
        "kind",
        sub.kind(),
        "verbs",
        Tree.texts(sub.verbs()));
  }

  // Aggregated

  /// The version of the aggregated form that the client likes best; empty for the plain form.
  private static String aggregatedVersion(Accept accept) {
    for (Accept.Choice choice : accept.choices()) {
      if (!choice.isJson()) continue;
      if (choice.as().isEmpty()) return "";
      boolean known =
          choice.as().equals(AGGREGATED)
              && choice.group().equals("apidiscovery.k8s.io")
              && List.of("v2", "v2beta1").contains(choice.version());
      if (known) return choice.version();
    }
    return "";
  }

  private static Reply aggregated(String version, Map<String, List<String>> groups) {
    var items =
        groups.entrySet().stream()
            .map(group -> aggregatedGroup(group.getKey(), group.getValue()))
            .toList();
    var tree =
        Tree.object(
            "kind",
            AGGREGATED,
            "apiVersion",
            "apidiscovery.k8s.io/" + version,
            "metadata",
            Tree.empty(),
            "items",
            Tree.list(items));
    var type = "application/json;g=apidiscovery.k8s.io;v=" + version + ";as=" + AGGREGATED;
    return new Reply.Json(Reply.OK, type, tree, List.of());
  }

  private static Tree aggregatedGroup(String group, List<String> versions) {
    var all = versions.stream().map(version -> aggregatedVersion(group, version)).toList();
    var metadata = group.isEmpty() ? Tree.empty() : Tree.object("name", group);
    return Tree.object("metadata", metadata, "versions", Tree.list(all));
  }

  private static Tree aggregatedVersion(String group, String version) {
    var groupVersion = group.isEmpty() ? version : group + "/" + version;
    var resources = Catalogue.in(groupVersion).stream().map(Discovery::aggregatedResource).toList();
    return Tree.object(
        "version", version, "freshness", "Current", "resources", Tree.list(resources));
  }

  private static Tree aggregatedResource(Offered one) {
    var tree =
        Tree.object(
            "resource",
            one.plural(),
            "responseKind",
            responseKind(one.kind()),
            "scope",
            one.namespaced() ? "Namespaced" : "Cluster",
            "singularResource",
            one.singular(),
            "verbs",
            Tree.texts(one.verbs()));
    var named = withNames(tree, one);
    if (one.subresources().isEmpty()) return named;
    var subs = one.subresources().stream().map(Discovery::aggregatedSub).toList();
    return named.with(Tree.list(subs), "subresources");
  }

  private static Tree aggregatedSub(Sub sub) {
    return Tree.object(
        "subresource",
        sub.name(),
        "responseKind",
        responseKind(sub.kind()),
        "verbs",
        Tree.texts(sub.verbs()));
  }

  /// Group and version are empty where they equal those around them.
  private static Tree responseKind(String kind) {
    return Tree.object("group", "", "version", "", "kind", kind);
  }
}
