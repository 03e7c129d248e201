package dev.moorage.kubeclient;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.About;
import dev.moorage.kube.KubeException.Cause;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.OutcomeUnknown;
import dev.moorage.kube.Tree;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What went wrong, as [KubeException]: Status objects, other answers, and no answer at all. No
/// message quotes what was sent.
final class Failures {
  private static final int MOST_CHARACTERS = 200;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private final Login login;

  Failures(Login login) {
    this.login = login;
  }

  // Refused

  /// A refusal with an HTTP code.
  KubeException refusal(Ask ask, Answer answer, String body) {
    var status = status(body);
    if (ask.writes() && (answer.code() == BAD_GATEWAY || answer.code() == GATEWAY_TIMEOUT))
      return new OutcomeUnknown(
          ask + " at " + login.url() + " may have been done: " + said(answer.code(), status, body));
    if (status.text("kind").equals("Status")) return refusal(status, header(answer));
    return new KubeException(
        Reason.of("", answer.code()),
        login.url()
            + " answered to "
            + ask
            + ": "
            + said(answer.code(), status, body)
            + advice(answer.code()),
        About.NOTHING,
        List.of(),
        header(answer));
  }

  /// A refusal in a stream.
  KubeException refusal(Tree status) {
    return refusal(status, Duration.ZERO);
  }

  private KubeException refusal(Tree status, Duration retryAfter) {
    var details = status.at("details");
    int code = (int) status.number(0, "code");
    long seconds = details.number(0, "retryAfterSeconds");
    return new KubeException(
        Reason.of(status.text("reason"), code),
        status.text("message") + advice(code, status.text("message")),
        new About(details.text("group"), details.text("kind"), details.text("name")),
        details.at("causes").items().stream()
            .map(cause ->
                new Cause(cause.text("reason"), cause.text("message"), cause.text("field")))
            .toList(),
        seconds > 0 ? Duration.ofSeconds(seconds) : retryAfter);
  }

  private String advice(int code) {
    return advice(code, "cannot");
  }

  /// Whose rights are missing: who the credentials stand for is not seen in them.
  private String advice(int code, String message) {
    if (code == Reason.Unauthorized.code())
      return " (" + login.url() + " does not know the credentials of " + login.who() + ")";
    boolean byRole = code == Reason.Forbidden.code() && message.contains("cannot");
    return byRole ? " (asked as " + login.who() + ")" : "";
  }

  private static Tree status(String body) {
    try {
      return TreeJson.read(body);
    } catch (TreeJson.Malformed e) {
      return Tree.nothing();
    }
  }

  private static String said(int code, Tree status, String body) {
    var text = status.text("message").isEmpty() ? body : status.text("message");
    var line = text.strip().replaceAll("\\s+", " ");
    var excerpt =
        line.length() > MOST_CHARACTERS ? line.substring(0, MOST_CHARACTERS) + "..." : line;
    return "HTTP " + code + (excerpt.isEmpty() ? "" : ", " + excerpt);
  }

  private static Duration header(Answer answer) {
    var text = answer.header("retry-after");
    return text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
  }

  // No answer

  /// A request that brought no answer.
  KubeException broken(Ask ask, Throwable how) {
    var noToken = chain(how).filter(NoAccess.class::isInstance).findFirst();
    if (noToken.isPresent())
      return new KubeException(
          Reason.Unauthorized, noToken.get().getMessage() + " (asked as " + login.who() + ")");
    boolean unsent = chain(how).anyMatch(Failures::isBeforeSending);
    if (unsent)
      return new KubeException(
          Reason.ServiceUnavailable, "cannot reach " + login.url() + ": " + words(how));
    return lost(ask, words(how));
  }

  /// An answer that broke off, or cannot be understood.
  KubeException unreadable(Ask ask, Exception how) {
    return lost(ask, words(how));
  }

  /// A stream that broke off.
  KubeException cut(String what) {
    return new KubeException(
        Reason.ServiceUnavailable, "the watch at " + login.url() + " has ended: " + what);
  }

  private KubeException lost(Ask ask, String how) {
    if (ask.writes())
      return new OutcomeUnknown(
          ask + " was sent to " + login.url() + " and may have been done: " + how);
    return new KubeException(
        Reason.ServiceUnavailable, ask + " at " + login.url() + " was not answered: " + how);
  }

  private static boolean isBeforeSending(Throwable how) {
    return how instanceof ConnectException
        || how instanceof NoRouteToHostException
        || how instanceof UnknownHostException
        || how instanceof UnresolvedAddressException
        || how instanceof HttpConnectTimeoutException
        || how instanceof SSLHandshakeException
        || how instanceof SSLPeerUnverifiedException
        || speaksNoTls(how);
  }

  private static boolean speaksNoTls(Throwable how) {
    return how instanceof SSLException
        && String.valueOf(how.getMessage()).matches("(?i).*unrecognized SSL message.*");
  }

  /// In words; a foreign message only where it is needed to understand.
  private static String words(Throwable how) {
    return chain(how)
        .map(Failures::word)
        .filter(word -> !word.isEmpty())
        .findFirst()
        .orElse(how.getClass().getSimpleName());
  }

  private static String word(Throwable how) {
    return switch (how) {
      case HttpConnectTimeoutException _ -> "no connection in time";
      case HttpTimeoutException _ -> "no answer in time";
      case UnknownHostException _ -> "its name is unknown";
      case UnresolvedAddressException _ -> "its name is unknown";
      case NoRouteToHostException _ -> "no route to it";
      case ConnectException _ -> "connection refused";
      case CertificateException e -> "its certificate is not trusted: " + e.getMessage();
      case CertPathBuilderException e -> "its certificate is not trusted: " + e.getMessage();
      case SSLException e when speaksNoTls(e) -> "it does not speak TLS";
      case SSLException e when e.getCause() == null -> "TLS failed: " + e.getMessage();
      case TreeJson.Malformed e -> "the answer is " + e.getMessage();
      default -> "";
    };
  }

  private static Stream<Throwable> chain(Throwable how) {
    return Stream.iterate(how, e -> e != null, Throwable::getCause).limit(20);
  }
}
