package dev.moorage.kubeserver.http;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kubeserver.http.Offered.Sub;
import dev.moorage.kubeserver.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All resources that the front offers.
final class Catalogue {
  private Catalogue() {}

  private static final Map<String, List<String>> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("pods", List.of("po")),
          Map.entry("nodes", List.of("no")),
          Map.entry("persistentvolumes", List.of("pv")),
          Map.entry("persistentvolumeclaims", List.of("pvc")),
          Map.entry("namespaces", List.of("ns")),
          Map.entry("events", List.of("ev")),
          Map.entry("configmaps", List.of("cm")),
          Map.entry("serviceaccounts", List.of("sa")),
          Map.entry("storageclasses", List.of("sc")),
          Map.entry("volumeattributesclasses", List.of("vac")));

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private static final List<Offered> QUESTIONS =
      List.of(
          question("authentication.k8s.io", "v1", "selfsubjectreviews", "SelfSubjectReview"),
          question("authentication.k8s.io", "v1beta1", "selfsubjectreviews", "SelfSubjectReview"),
          question(
              "authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview"),
          question(
              "authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview"));

  private static Offered question(String group, String version, String plural, String kind) {
    return new Offered(
        group, version, plural, kind, false, List.of("create"), List.of(), List.of(), List.of());
  }

  /// Everything: the registry's kinds, then the questions.
  static List<Offered> all() {
    return ALL;
  }

  private static final List<Offered> ALL =
      Stream.concat(Kinds.ALL.stream().map(Catalogue::offered), QUESTIONS.stream()).toList();

  static List<Offered> in(String groupVersion) {
    return all().stream().filter(one -> one.groupVersion().equals(groupVersion)).toList();
  }

  static Optional<Offered> find(String groupVersion, String plural) {
    for (Offered one : ALL)
      if (one.plural().equals(plural) && one.groupVersion().equals(groupVersion))
        return Optional.of(one);
    return Optional.empty();
  }

  /// The registry's kind behind an offer; empty for a question.
  static Optional<Kind<?>> kind(Offered offered) {
    for (Kind<?> kind : Kinds.ALL)
      if (kind.group().equals(offered.group()) && kind.plural().equals(offered.plural()))
        return Optional.of(kind);
    return Optional.empty();
  }

  private static Offered offered(Kind<?> kind) {
    return new Offered(
        kind.group(),
        kind.version(),
        kind.plural(),
        kind.name(),
        kind.namespaced(),
        verbs(kind),
        kind.group().isEmpty() || kind.group().equals("storage.k8s.io")
            ? SHORT_NAMES.getOrDefault(kind.plural(), List.of())
            : List.of(),
        kind.sameAs(Kinds.POD) ? List.of("all") : List.of(),
        subresources(kind));
  }

  private static List<String> verbs(Kind<?> kind) {
    if (!kind.sameAs(Kinds.NAMESPACE)) return VERBS;
    return VERBS.stream().filter(verb -> !verb.equals("deletecollection")).toList();
  }

  private static List<Sub> subresources(Kind<?> kind) {
    var subs = new ArrayList<Sub>();
    if (kind.sameAs(Kinds.POD)) subs.add(new Sub("binding", "Binding", List.of("create")));
    if (kind.sameAs(Kinds.NAMESPACE)) subs.add(new Sub("finalize", kind.name(), List.of("update")));
    if (Schemas.of(kind).fields().containsKey("status"))
      subs.add(new Sub("status", kind.name(), List.of("get", "patch", "update")));
    return subs;
  }
}
