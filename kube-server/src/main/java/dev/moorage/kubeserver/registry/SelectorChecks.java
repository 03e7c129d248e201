package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// What holds for selectors inside objects: of labels, of nodes, of topology.
final class SelectorChecks {
  private SelectorChecks() {}

  /// @param selector nothing for none
  static void labels(String field, Tree selector, Problems problems) {
    Names.checkLabels(field + ".matchLabels", selector.textMap("matchLabels"), problems);
    var terms = selector.at("matchExpressions").items();
    for (int i = 0; i < terms.size(); i++)
      requirement(field + ".matchExpressions[" + i + "]", terms.get(i), problems);
  }

  private static void requirement(String field, Tree term, Problems problems) {
    operator(field, term, problems);
    problems.misnamed(field + ".key", term.text("key"), Names.labelKey(term.text("key")));
  }

  private static void operator(String field, Tree term, Problems problems) {
    boolean hasValues = !term.at("values").items().isEmpty();
    switch (term.text("operator")) {
      case "In", "NotIn" -> {
        if (!hasValues)
          problems.required(
              field + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
      }
      case "Exists", "DoesNotExist" ->
          problems.forbiddenUnless(
              !hasValues,
              field + ".values",
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
      default ->
          problems.invalid(
              field + ".operator", term.text("operator"), "not a valid selector operator");
    }
  }

  /// @param selector nothing for none
  static void nodes(String field, Tree selector, Problems problems) {
    if (selector.isNothing()) return;
    var terms = selector.at("nodeSelectorTerms").items();
    if (terms.isEmpty())
      problems.required(field + ".nodeSelectorTerms", "must have at least one node selector term");
    for (int i = 0; i < terms.size(); i++)
      nodeTerm(field + ".nodeSelectorTerms[" + i + "]", terms.get(i), problems);
  }

  private static void nodeTerm(String field, Tree term, Problems problems) {
    var labels = term.at("matchExpressions").items();
    for (int i = 0; i < labels.size(); i++)
      nodeRequirement(field + ".matchExpressions[" + i + "]", labels.get(i), problems);
    var fields = term.at("matchFields").items();
    for (int i = 0; i < fields.size(); i++)
      if (fields.get(i).at("values").items().size() != 1)
        problems.required(
            field + ".matchFields[" + i + "].values",
            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
  }

  private static void nodeRequirement(String field, Tree term, Problems problems) {
    boolean ordered = List.of("Gt", "Lt").contains(term.text("operator"));
    if (!ordered) {
      requirement(field, term, problems);
      return;
    }
    if (term.at("values").items().size() != 1)
      problems.required(
          field + ".values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
    problems.misnamed(field + ".key", term.text("key"), Names.labelKey(term.text("key")));
  }

  /// Where volumes of a class may be.
  static void topology(String list, List<Tree> terms, Problems problems) {
    var seen = new ArrayList<Tree>();
    for (int i = 0; i < terms.size(); i++) {
      var field = list + "[" + i + "].matchLabelExpressions";
      var labels = terms.get(i).at("matchLabelExpressions").items();
      topologyTerm(field, labels, problems);
      if (labels.isEmpty() || seen.contains(terms.get(i))) problems.duplicate(field, "");
      seen.add(terms.get(i));
    }
  }

  private static void topologyTerm(String list, List<Tree> labels, Problems problems) {
    var keys = new HashSet<String>();
    for (int i = 0; i < labels.size(); i++) {
      var field = list + "[" + i + "]";
      var values = labels.get(i).textList("values");
      if (values.isEmpty()) problems.required(field + ".values", "");
      var seen = new HashSet<String>();
      for (int k = 0; k < values.size(); k++)
        if (!seen.add(values.get(k)))
          problems.duplicate(field + ".values[" + k + "]", values.get(k));
      var key = labels.get(i).text("key");
      problems.misnamed(field + ".key", key, Names.labelKey(key));
      if (!keys.add(key)) problems.duplicate(field + ".key", key);
    }
  }
}
