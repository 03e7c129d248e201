package dev.moorage.kubeserver.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.moorage.base.Group;
import dev.moorage.base.Stopped;

/// Takes requests from the JDK's HTTP server. Each is answered by a task of its own, while the
/// server's task watches that the client takes the answer in time: a task that a client stalls is
/// interrupted, which closes the connection.
final class Wire implements HttpHandler {
  private final Group group;
  private final Front front;
  private final Settings settings;
  private final Places requests;
  private final Places watches;

  Wire(Group group, Front front, Settings settings) {
    this.group = group;
    this.front = front;
    this.settings = settings;
    this.requests = new Places(settings.requestsAtMost());
    this.watches = new Places(settings.watchesAtMost());
  }

  @Override
  public void handle(HttpExchange exchange) {
    var channel = new Channel(exchange, settings.bodyAtMost());
    try (exchange) {
      var pace = new Pace(group.tasks(), settings);
      var task =
          group.start(
              "request",
              () -> {
                answer(channel, pace);
                return true;
              });
      pace.keep(task);
    } catch (Stopped closing) {
      // The server ends; so does the connection.
    }
  }

  private void answer(Channel channel, Pace pace) {
    if (!requests.enter()) {
      channel.send(Front.refusal(Refusal.tooMany("requests")));
      return;
    }
    Reply reply;
    try {
      reply = channel.answer(front);
      if (!(reply instanceof Reply.Events)) channel.send(reply);
    } finally {
      requests.leave();
    }
    if (reply instanceof Reply.Events events) watch(channel, pace, events);
  }

  private void watch(Channel channel, Pace pace, Reply.Events events) {
    try (var feed = events.feed()) {
      if (!watches.enter()) {
        channel.send(Front.refusal(Refusal.tooMany("watches")));
        return;
      }
      try {
        pace.streams();
        new WatchStream(channel, pace, group.tasks()).tell(feed, events);
      } finally {
        watches.leave();
      }
    }
  }
}
