package dev.moorage.kubeclient;

import dev.moorage.base.Group;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Sends requests to one server and waits for what it answers.
final class Wire {
  private static final int UNAUTHORIZED = 401;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final Group group;
  private final HttpClient http;
  private final Login login;
  private final Settings settings;
  private final Failures failures;

  Wire(Group group, HttpClient http, Login login, Settings settings) {
    this.group = group;
    this.http = http;
    this.login = login;
    this.settings = settings;
    this.failures = new Failures(login);
  }

  Login login() {
    return login;
  }

  Settings settings() {
    return settings;
  }

  Group group() {
    return group;
  }

  Failures failures() {
    return failures;
  }

  /// Takes an answer apart.
  @FunctionalInterface
  interface Reader<R> {
    R read(Answer answer) throws IOException;
  }

  /// Asks, and reads the answer.
  ///
  /// @throws KubeException when the server refuses, or cannot be reached; of a write whose answer
  ///   was lost: [dev.moorage.kube.OutcomeUnknown]
  <R> R ask(Ask ask, Reader<R> reader) {
    try (var answer = accepted(ask, settings.requestAtMost())) {
      return reader.read(answer);
    } catch (IOException | TreeJson.Malformed e) {
      throw failures.unreadable(ask, e);
    }
  }

  /// Asks for a stream, and leaves it open.
  ///
  /// @param bodyAtMost when it must have ended
  Answer stream(Ask ask, Duration bodyAtMost) {
    return accepted(ask, bodyAtMost);
  }

  /// Asks; once more after a pause when the server wants one, and once more with new credentials
  /// when it doesn't know the old ones.
  private Answer accepted(Ask ask, Duration bodyAtMost) {
    var answer = sent(ask, bodyAtMost);
    if (answer.code() == UNAUTHORIZED && login.credentials().renew()) {
      answer.close();
      answer = sent(ask, bodyAtMost);
    }
    if (!answer.refuses()) return answer;
    var refusal = refusal(ask, answer);
    if (refusal.reason() != Reason.TooManyRequests || !isShort(refusal.retryAfter())) throw refusal;
    group.sleep(refusal.retryAfter());
    var second = sent(ask, bodyAtMost);
    if (second.refuses()) throw refusal(ask, second);
    return second;
  }

  private static boolean isShort(Duration pause) {
    return pause.isPositive() && pause.compareTo(LONGEST_WAIT) <= 0;
  }

  private KubeException refusal(Ask ask, Answer answer) {
    try (answer) {
      return failures.refusal(ask, answer, text(answer));
    } catch (IOException e) {
      return failures.refusal(ask, answer, "");
    }
  }

  /// The whole body, as text.
  static String text(Answer answer) throws IOException {
    return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  /// The object in a body, without its managed fields.
  static Tree object(Answer answer) {
    return TreeJson.object(answer.body());
  }

  private Answer sent(Ask ask, Duration bodyAtMost) {
    long end = group.tasks().nanos() + bodyAtMost.toNanos();
    try {
      return Exchange.begin(group, http, request(ask, bodyAtMost), new Incoming(group, end))
          .answer(settings.requestAtMost());
    } catch (Exchange.Broken broken) {
      throw failures.broken(ask, broken.how());
    } catch (NoAccess noToken) {
      throw failures.broken(ask, noToken);
    } catch (IllegalStateException closed) {
      group.sleep(Duration.ZERO); // the group has ended, and the library's client with it
      throw closed;
    }
  }

  private HttpRequest request(Ask ask, Duration atMost) {
    var request =
        http.newHttpRequestBuilder()
            .uri(login.url() + ask.path())
            .setHeader("Accept", ask.accept())
            .timeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (ask.type().isEmpty()) request.method(ask.method(), null, (String) null);
    else request.method(ask.method(), ask.type(), ask.body());
    return request.build();
  }
}
