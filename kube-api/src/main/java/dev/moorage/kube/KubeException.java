package dev.moorage.kube;

import java.time.Duration;
import java.util.List;

/// A refusal or a failure of the API. Thrown by the registry, rendered by an HTTP front, parsed by
/// a client.
public class KubeException extends RuntimeException {

  /// Reasons with their HTTP codes: the one table of both directions (Kubernetes API conventions,
  /// "Failures").
  public enum Reason {
    BadRequest(400),
    Unauthorized(401),
    Forbidden(403),
    NotFound(404),
    MethodNotAllowed(405),
    NotAcceptable(406),
    AlreadyExists(409),
    Conflict(409),
    Expired(410),
    RequestEntityTooLarge(413),
    UnsupportedMediaType(415),
    Invalid(422),
    TooManyRequests(429),
    InternalError(500),
    ServiceUnavailable(503),
    Timeout(504),
    /// Anything that no reason above names.
    Unknown(500);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /// The HTTP status code.
    public int code() {
      return code;
    }

    /// The reason that an answer gives: by its name, else by its code.
    ///
    /// @param name as in a Status object, may be empty or one that is not here
    public static Reason of(String name, int code) {
      for (var reason : values()) if (reason.name().equals(name)) return reason;
      if (code == Conflict.code) return Conflict;
      for (var reason : values()) if (reason.code == code) return reason;
      return Unknown;
    }
  }

  /// One cause of a refusal.
  ///
  /// @param reason e.g. `FieldValueInvalid`
  /// @param field the field's path, may be empty
  public record Cause(String reason, String message, String field) {}

  /// What a refusal is about.
  ///
  /// @param kind plural resource, or the kind's name for `Invalid`; may be empty
  public record About(String group, String kind, String name) {
    /// Nothing in particular.
    public static final About NOTHING = new About("", "", "");
  }

  private final Reason reason;
  private final About about;
  private final List<Cause> causes;
  private final Duration retryAfter;

  /// @param retryAfter zero where no wait is advised
  public KubeException(
      Reason reason, String message, About about, List<Cause> causes, Duration retryAfter) {
    super(message);
    this.reason = reason;
    this.about = about;
    this.causes = List.copyOf(causes);
    this.retryAfter = retryAfter;
  }

  /// A refusal without causes.
  public KubeException(Reason reason, String message) {
    this(reason, message, About.NOTHING, List.of(), Duration.ZERO);
  }

  /// Why, as clients decide by it.
  public Reason reason() {
    return reason;
  }

  /// The HTTP status code.
  public int code() {
    return reason.code();
  }

  /// What it is about.
  public About about() {
    return about;
  }

  /// The single causes, e.g. one per invalid field.
  public List<Cause> causes() {
    return causes;
  }

  /// How long to wait before the next try; zero where nothing is advised.
  public Duration retryAfter() {
    return retryAfter;
  }

  /// Whether what was written can never be taken as it is.
  public boolean isRefusal() {
    return switch (reason) {
      case BadRequest, Forbidden, RequestEntityTooLarge, Invalid -> true;
      default -> false;
    };
  }

  /// Whether the object is not there.
  public boolean isNotFound() {
    return reason == Reason.NotFound;
  }

  /// Whether the object was there already.
  public boolean isAlreadyThere() {
    return reason == Reason.AlreadyExists;
  }

  /// Whether the object has changed since it was read.
  public boolean isConflict() {
    return reason == Reason.Conflict;
  }
}
