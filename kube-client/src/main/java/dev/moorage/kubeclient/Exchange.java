package dev.moorage.kubeclient;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// One request under way: the one place where the library's futures become a gate. Nobody waits for
/// a future.
final class Exchange {
  private final Gate headIsThere;
  private final Incoming incoming;
  private final CompletableFuture<HttpResponse<AsyncBody>> future;
  private @Nullable HttpResponse<AsyncBody> response; // written before the gate opens
  private @Nullable Throwable failure;

  private Exchange(Group group, HttpClient http, HttpRequest request, Incoming incoming) {
    this.headIsThere = group.newGate();
    this.incoming = incoming;
    this.future = http.consumeBytes(request, incoming::take);
  }

  static Exchange begin(Group group, HttpClient http, HttpRequest request, Incoming incoming) {
    var exchange = new Exchange(group, http, request, incoming);
    var _ = exchange.future.whenComplete(exchange::end);
    return exchange;
  }

  private void end(@Nullable HttpResponse<AsyncBody> answered, @Nullable Throwable failed) {
    response = answered;
    failure = failed instanceof CompletionException wrapped ? wrapped.getCause() : failed;
    headIsThere.open();
  }

  /// Waits for the answer's head.
  ///
  /// @throws Broken when there is none
  Answer answer(Duration atMost) throws Broken {
    boolean there = false;
    try {
      there = headIsThere.await(atMost);
    } finally {
      if (!there) future.cancel(true); // an answer that still comes is not read
    }
    if (!there) throw new Broken(new HttpTimeoutException("no answer in time"));
    if (response == null)
      throw new Broken(failure == null ? new IllegalStateException("no answer") : failure);
    incoming.begin(response.body());
    return Answer.of(response.code(), response.headers(), incoming);
  }

  /// There was no answer.
  static final class Broken extends Exception {
    private final Throwable how;

    Broken(Throwable how) {
      super(how);
      this.how = how;
    }

    Throwable how() {
      return how;
    }
  }
}
