package dev.moorage.kubeserver.http;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.KubeException.Reason;
import java.time.Duration;
import java.util.List;

/// The front's own refusals, in the words of a real API server.
final class Refusal {
  private Refusal() {}

  static KubeException badRequest(String why) {
    return new KubeException(Reason.BadRequest, why);
  }

  /// A path that nobody serves.
  static KubeException unknownPath() {
    return new KubeException(Reason.NotFound, "the server could not find the requested resource");
  }

  static KubeException methodNotAllowed() {
    return new KubeException(
        Reason.MethodNotAllowed, "the server does not allow this method on the requested resource");
  }

  static KubeException unauthorized() {
    return new KubeException(Reason.Unauthorized, "Unauthorized");
  }

  static KubeException unsupportedBody(String accepted) {
    return new KubeException(
        Reason.UnsupportedMediaType,
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted);
  }

  static KubeException notAcceptable(String offered) {
    return new KubeException(
        Reason.NotAcceptable, "only the following media types are accepted: " + offered);
  }

  static KubeException tooLarge(long limit) {
    return new KubeException(
        Reason.RequestEntityTooLarge, "Request entity too large: limit is " + limit);
  }

  static KubeException tooMany(String what) {
    return new KubeException(
        Reason.TooManyRequests,
        "too many " + what + ", please try again later",
        About.NOTHING,
        List.of(),
        Duration.ofSeconds(1));
  }

  /// An option in the query or in DeleteOptions that has no such value.
  ///
  /// @param options e.g. `PatchOptions`
  static KubeException invalidOption(String options, String field, Cause cause) {
    return new KubeException(
        Reason.Invalid,
        options + ".meta.k8s.io \"\" is invalid: " + field + ": " + cause.message(),
        new About("meta.k8s.io", options, ""),
        List.of(cause),
        Duration.ZERO);
  }

  static KubeException unsupportedOption(
      String options, String field, String value, String... supported) {
    var quoted =
        String.join(", ", List.of(supported).stream().map(text -> '"' + text + '"').toList());
    return invalidOption(
        options,
        field,
        new Cause(
            "FieldValueNotSupported",
            "Unsupported value: \"" + value + "\": supported values: " + quoted,
            field));
  }

  static KubeException forbiddenOption(String options, String field, String why) {
    return invalidOption(
        options, field, new Cause("FieldValueForbidden", "Forbidden: " + why, field));
  }
}
