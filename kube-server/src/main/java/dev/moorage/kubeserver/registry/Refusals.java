package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.KubeException.Reason;
import java.time.Duration;
import java.util.List;

/// Refusals in the words of a real API server; kubectl shows them, tools match their beginnings.
final class Refusals {
  private Refusals() {}

  static KubeException notFound(Kind<?> kind, String name) {
    return about(Reason.NotFound, kind, name, kind.resource() + " \"" + name + "\" not found");
  }

  static KubeException alreadyExists(Kind<?> kind, String name) {
    return about(
        Reason.AlreadyExists, kind, name, kind.resource() + " \"" + name + "\" already exists");
  }

  /// The object has another version than the writer saw.
  static KubeException modified(Kind<?> kind, String name) {
    return conflict(
        kind,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static KubeException conflict(Kind<?> kind, String name, String why) {
    return about(Reason.Conflict, kind, name, cannotFulfil(kind.resource(), name, why));
  }

  static KubeException bindingConflict(Kind<?> kind, String name, String why) {
    return new KubeException(
        Reason.Conflict,
        cannotFulfil(kind.resource() + "/binding", name, why),
        new About(kind.group(), kind.plural() + "/binding", name),
        List.of(),
        Duration.ZERO);
  }

  private static String cannotFulfil(String resource, String name, String why) {
    return "Operation cannot be fulfilled on " + resource + " \"" + name + "\": " + why;
  }

  static KubeException forbidden(Kind<?> kind, String name, String why) {
    return about(
        Reason.Forbidden, kind, name, kind.resource() + " \"" + name + "\" is forbidden: " + why);
  }

  static KubeException namespaceTerminating(Kind<?> kind, String name, String namespace) {
    return new KubeException(
        Reason.Forbidden,
        kind.resource()
            + " \""
            + name
            + "\" is forbidden: unable to create new content in namespace "
            + namespace
            + " because it is being terminated",
        new About(kind.group(), kind.plural(), name),
        List.of(
            new Cause(
                "NamespaceTerminating",
                "namespace " + namespace + " is being terminated",
                "metadata.namespace")),
        Duration.ZERO);
  }

  static KubeException badRequest(String why) {
    return new KubeException(Reason.BadRequest, why);
  }

  /// The namespace of a body is not the path's.
  static KubeException otherNamespace() {
    return badRequest(
        "the namespace of the provided object does not match the namespace sent on the request");
  }

  /// A body that cannot be read as its kind.
  static KubeException undecodable(Kind<?> kind, String why) {
    return badRequest(
        "%s in version \"%s\" cannot be handled as a %s: %s"
            .formatted(kind.name(), kind.version(), kind.name(), why));
  }

  static KubeException methodNotAllowed() {
    return new KubeException(
        Reason.MethodNotAllowed, "the server does not allow this method on the requested resource");
  }

  /// A patch that does not fit: the generic sentence of the real server, which names nothing.
  static KubeException unfittingPatch() {
    return new KubeException(
        Reason.Invalid, "the server rejected our request due to an error in our request");
  }

  static KubeException tooOld(long asked, long oldest) {
    return new KubeException(
        Reason.Expired, "too old resource version: " + asked + " (" + oldest + ")");
  }

  static KubeException continuationTooOld() {
    return new KubeException(
        Reason.Expired,
        "The provided continue parameter is too old to display a consistent list result. You must"
            + " start a new list without the continue parameter.");
  }

  static KubeException fromTheFuture(long asked, long newest) {
    var text = "Timeout: Too large resource version: " + asked + ", current: " + newest;
    return new KubeException(
        Reason.Timeout,
        text,
        About.NOTHING,
        List.of(new Cause("ResourceVersionTooLarge", "Too large resource version", "")),
        Duration.ofSeconds(1));
  }

  private static KubeException about(Reason reason, Kind<?> kind, String name, String message) {
    return new KubeException(
        reason, message, new About(kind.group(), kind.plural(), name), List.of(), Duration.ZERO);
  }
}
