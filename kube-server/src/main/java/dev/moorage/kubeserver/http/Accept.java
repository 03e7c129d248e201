package dev.moorage.kubeserver.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the client can read, best first.
record Accept(List<Choice> choices) {

  /// One media type with its parameters.
  record Choice(String type, Map<String, String> parameters) {

    /// Whether JSON satisfies it.
    boolean isJson() {
      return List.of("application/json", "application/*", "*/*").contains(type);
    }

    /// The shape that is asked for, e.g. `Table`; empty for the object as it is.
    String as() {
      return parameters.getOrDefault("as", "");
    }

    String group() {
      return parameters.getOrDefault("g", "");
    }

    String version() {
      return parameters.getOrDefault("v", "");
    }
  }

  /// @param header the Accept header; empty for anything
  static Accept parse(String header) {
    var choices = new ArrayList<Choice>();
    for (String part : header.split(",", -1)) if (!part.isBlank()) choices.add(choice(part));
    return new Accept(choices.isEmpty() ? List.of(new Choice("*/*", Map.of())) : choices);
  }

  private static Choice choice(String part) {
    var pieces = part.strip().split(";", -1);
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 1; i < pieces.length; i++) {
      int sign = pieces[i].indexOf('=');
      if (sign > 0)
        parameters.put(pieces[i].substring(0, sign).strip(), pieces[i].substring(sign + 1).strip());
    }
    return new Choice(pieces[0].strip().toLowerCase(Locale.ROOT), parameters);
  }

  boolean hasJson() {
    return choices.stream().anyMatch(Choice::isJson);
  }

  /// In which shape objects are wanted.
  ///
  /// @throws dev.moorage.kube.KubeException `NotAcceptable` when none that is served is among them
  Shape shape() {
    for (Choice choice : choices) {
      if (!choice.isJson()) continue;
      if (choice.as().isEmpty()) return Shape.PLAIN;
      if (!choice.group().equals("meta.k8s.io")) continue;
      boolean known = List.of("v1", "v1beta1").contains(choice.version());
      if (known && choice.as().equals("Table")) return new Shape.Table(choice.version());
      if (known && choice.as().startsWith("PartialObjectMetadata"))
        return new Shape.Metadata(choice.version());
    }
    throw Refusal.notAcceptable("application/json");
  }

  /// The shape of an answer.
  sealed interface Shape {
    Shape PLAIN = new Plain();

    /// The objects as they are.
    record Plain() implements Shape {}

    /// What kubectl prints.
    ///
    /// @param version of `meta.k8s.io`
    record Table(String version) implements Shape {}

    /// The metadata alone.
    ///
    /// @param version of `meta.k8s.io`
    record Metadata(String version) implements Shape {}
  }
}
