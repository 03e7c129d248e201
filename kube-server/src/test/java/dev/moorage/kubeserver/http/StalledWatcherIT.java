package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A watcher that does not read what it is sent.
class StalledWatcherIT {
  private static final String EVENTS = "/api/v1/namespaces/default/events";
  private static final String WATCH = EVENTS + "?watch=true&timeoutSeconds=60";
  private static final int ENOUGH_FOR_ALL_BUFFERS = 40;

  @Test
  @Timeout(60)
  void is_cut_and_leaves_its_place_to_another_one() throws IOException {
    var settings =
        new Settings(0, 10, 1, Bytes.mebi(3), Duration.ofMinutes(1), Duration.ofSeconds(1));
    try (var server = new Served(settings);
        var stalled = server.open(WATCH)) {
      for (int i = 0; i < ENOUGH_FOR_ALL_BUFFERS; i++) server.post(EVENTS, event(i));
      assertThat(stalled).isNotNull();
      var path = WATCH + "&resourceVersion=" + version(server);
      var next = server.send(server.to(path.replace("=60", "=1")));
      while (next.code() == 429) next = server.send(server.to(path.replace("=60", "=1")));
      assertThat(next.code()).isEqualTo(200);
    }
  }

  private static String event(int number) {
    return "{'metadata':{'name':'e%d'},'involvedObject':{'namespace':'default'},'message':'%s'}"
        .formatted(number, "x".repeat(1_000_000));
  }

  private static String version(Served server) {
    return server.get(EVENTS + "?limit=1").text("metadata", "resourceVersion");
  }
}
