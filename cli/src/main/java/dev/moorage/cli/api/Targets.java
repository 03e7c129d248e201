package dev.moorage.cli.api;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.kubeclient.Discovery;
import dev.moorage.kubeclient.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a command line names: `pods`, `pvc data`, `pod,pvc data`, `pod/a pvc/b`, `all`.
///
/// @param terms in the order of the command line
record Targets(List<Term> terms) {
  Targets {
    terms = List.copyOf(terms);
  }

  /// @param kind as somebody typed it
  /// @param names none for all objects
  record Term(String kind, List<String> names) {
    Term {
      names = List.copyOf(names);
    }
  }

  /// A resource of the server's.
  ///
  /// @param names none for all objects
  record Target(Resource resource, List<String> names) {
    Target {
      names = List.copyOf(names);
    }

    private Target and(List<String> others) {
      return new Target(resource, Stream.concat(names.stream(), others.stream()).toList());
    }
  }

  /// @throws IllegalArgumentException when that is no way to name objects
  static Targets parse(List<String> words) {
    if (words.isEmpty())
      throw new IllegalArgumentException("say of which kind, for example: pods, pvc, pvc/data");
    boolean pairs = words.stream().anyMatch(word -> word.contains("/"));
    return new Targets(pairs ? words.stream().map(Targets::pair).toList() : kinds(words));
  }

  private static Term pair(String word) {
    var parts = word.split("/", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty() || parts[0].contains(","))
      throw new IllegalArgumentException(
          "either KIND NAME... or KIND/NAME KIND/NAME..., which " + word + " is not");
    return new Term(parts[0], List.of(parts[1]));
  }

  private static List<Term> kinds(List<String> words) {
    var names = words.subList(1, words.size());
    if (words.getFirst().replace(",", "").isBlank())
      throw new IllegalArgumentException("\"" + words.getFirst() + "\" names no kind");
    return Arrays.stream(words.getFirst().split(",", -1))
        .filter(kind -> !kind.isBlank())
        .map(kind -> new Term(kind, names))
        .toList();
  }

  boolean haveNames() {
    return terms.stream().anyMatch(term -> !term.names().isEmpty());
  }

  /// Names that go with a selector, or with all namespaces, contradict it.
  ///
  /// @throws IllegalArgumentException when they do
  void check(SelectOptions options) {
    if (!haveNames()) return;
    if (options.selects())
      throw new IllegalArgumentException("names and a selector cannot be given together");
    if (options.everywhere())
      throw new IllegalArgumentException("a name is looked for in one namespace, not with -A");
  }

  /// @throws IllegalArgumentException when it is more than one kind, or more than one name
  void checkSingle() {
    if (terms.size() > 1 || terms.getFirst().names().size() > 1)
      throw new IllegalArgumentException("only one kind, or one object, can be watched");
  }

  /// @throws CommandFailed when the server has no such kind
  List<Target> of(Discovery discovery) {
    var all = new ArrayList<Target>();
    for (var term : terms)
      resources(discovery, term.kind()).forEach(resource -> add(all, resource, term.names()));
    return all;
  }

  /// Names of one kind that follow each other are one target.
  private static void add(List<Target> all, Resource resource, List<String> names) {
    boolean same = !all.isEmpty() && !names.isEmpty() && all.getLast().resource().equals(resource);
    all.add(same ? all.removeLast().and(names) : new Target(resource, names));
  }

  private static Stream<Resource> resources(Discovery discovery, String kind) {
    var category = discovery.category(kind);
    if (!category.isEmpty()) return category.stream();
    return Stream.of(
        Optional.of(kind)
            .flatMap(discovery::find)
            .orElseThrow(() -> new CommandFailed(unknown(discovery, kind))));
  }

  private static String unknown(Discovery discovery, String kind) {
    var others =
        discovery.all().stream()
            .filter(resource -> resource.can("list"))
            .map(resource -> resource.kind().plural())
            .distinct()
            .toList();
    return "the server doesn't have a resource type \""
        + kind
        + "\"; it has "
        + String.join(", ", others);
  }
}
