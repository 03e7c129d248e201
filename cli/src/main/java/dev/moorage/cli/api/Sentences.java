package dev.moorage.cli.api;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.OutcomeUnknown;
import java.util.List;
import java.util.stream.Collectors;

/// Refusals as kubectl words them.
final class Sentences {
  private Sentences() {}

  static String of(KubeException refused) {
    var message = String.valueOf(refused.getMessage());
    if (refused instanceof OutcomeUnknown) return "moor: " + message;
    if (isUnreached(message))
      return "moor: " + message + "; is it running? (./moor up, ./moor status)";
    if (refused.reason() == Reason.Invalid)
      return invalid(refused.about(), refused.causes(), message);
    return refused.reason() == Reason.Unknown
        ? "Error from server: " + message
        : "Error from server (" + refused.reason() + "): " + message;
  }

  /// The client's own words, which no server can have said.
  private static boolean isUnreached(String message) {
    return message.startsWith("cannot reach ");
  }

  private static String invalid(About about, List<Cause> causes, String message) {
    if (causes.isEmpty()) return "The request is invalid: " + message;
    var texts = causes.stream().map(Sentences::text).toList();
    var what = about.kind().isEmpty() ? "request" : about.kind() + " \"" + about.name() + "\"";
    var head = "The " + what + " is invalid:";
    return texts.size() == 1
        ? head + " " + texts.getFirst()
        : head + texts.stream().map(text -> "\n* " + text).collect(Collectors.joining());
  }

  private static String text(Cause cause) {
    return cause.field().isEmpty() ? cause.message() : cause.field() + ": " + cause.message();
  }

  /// What the server says when an object is not there.
  static KubeException notFound(Kind<?> kind, String name) {
    return new KubeException(Reason.NotFound, kind.resource() + " \"" + name + "\" not found");
  }
}
