package dev.moorage.conformance;

import dev.moorage.csi.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The calls of one check. No secret's text gets in, wherever a driver may have put it.
final class Transcript {
  private static final int MOST_CALLS = 300;
  private static final int MOST_CHARS = 2_000;
  private static final int SHORTEST_SECRET = 4; // a shorter one would mask innocent words

  private final List<String> secrets;
  private final ArrayList<Exchange> calls = new ArrayList<>(); // guarded by this

  Transcript(Collection<Secrets> secrets) {
    this.secrets =
        secrets.stream()
            .flatMap(its -> its.values().values().stream())
            .map(secret -> secret.reveal())
            .filter(text -> text.length() >= SHORTEST_SECRET)
            .distinct()
            .toList();
  }

  void note(Object call, Object answer, Duration took) {
    var exchange = new Exchange(masked(call.toString()), masked(answer.toString()), took);
    synchronized (this) {
      if (calls.size() < MOST_CALLS) calls.add(exchange);
    }
  }

  String masked(String text) {
    var shown = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text;
    for (var secret : secrets) shown = shown.replace(secret, "***");
    return shown;
  }

  /// Whether a text gives a secret away.
  boolean tells(String text) {
    return secrets.stream().anyMatch(text::contains);
  }

  synchronized List<Exchange> calls() {
    return List.copyOf(calls);
  }
}
