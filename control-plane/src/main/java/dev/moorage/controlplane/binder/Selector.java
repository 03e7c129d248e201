package dev.moorage.controlplane.binder;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A claim's choice of volumes by their labels.
///
/// @param terms all must hold; none for any volume
record Selector(List<Term> terms) {

  /// Any volume.
  static final Selector ANY = new Selector(List.of());

  Selector {
    terms = List.copyOf(terms);
  }

  /// One condition, as in `matchExpressions`.
  record Term(String key, String operator, List<String> values) {
    boolean fits(Map<String, String> labels) {
      boolean there = labels.containsKey(key);
      boolean listed = there && values.contains(labels.getOrDefault(key, ""));
      return switch (operator) {
        case "In" -> listed;
        case "NotIn" -> !listed;
        case "Exists" -> there;
        case "DoesNotExist" -> !there;
        default -> false;
      };
    }
  }

  /// Reads `spec.selector` of a claim.
  static Selector of(Tree selector) {
    var terms = new ArrayList<Term>();
    selector
        .textMap("matchLabels")
        .forEach((key, value) -> terms.add(new Term(key, "In", List.of(value))));
    for (Tree expression : selector.at("matchExpressions").items())
      terms.add(
          new Term(
              expression.text("key"), expression.text("operator"), expression.textList("values")));
    return new Selector(terms);
  }

  boolean fits(Map<String, String> labels) {
    return terms.stream().allMatch(term -> term.fits(labels));
  }
}
