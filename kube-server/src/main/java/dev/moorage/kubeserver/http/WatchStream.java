package dev.moorage.kubeserver.http;

import dev.moorage.base.Stopped;
import dev.moorage.base.Tasks;
import dev.moorage.kube.KubeException;
import dev.moorage.kubeserver.registry.Feed;
import dev.moorage.kubeserver.registry.Told;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;

/// Tells a watch to its client, one JSON object per line, flushed when there is nothing more to
/// tell.
final class WatchStream {
  /// Nobody else would notice that the client of a quiet watch has gone.
  private static final Duration HEARTBEAT = Duration.ofSeconds(30);

  private final Channel channel;
  private final Pace pace;
  private final Tasks tasks;

  WatchStream(Channel channel, Pace pace, Tasks tasks) {
    this.channel = channel;
    this.pace = pace;
    this.tasks = tasks;
  }

  void tell(Feed feed, Reply.Events events) {
    try (var out = channel.stream(Reply.JSON_TYPE)) {
      flush(out);
      tell(feed, events, out);
    } catch (IOException gone) {
      // The client has gone, or was cut.
    } catch (Stopped ended) {
      // The server ends, or the client was cut while nothing was written.
    }
  }

  private void tell(Feed feed, Reply.Events events, OutputStream out) throws IOException {
    long end = tasks.nanos() + events.atMost().toNanos();
    feed.endsIn(events.atMost());
    try {
      for (long left = left(end); left > 0; left = left(end)) {
        var told = feed.next(shorter(Duration.ofNanos(left)));
        if (told.isEmpty()) beat(out);
        while (told.isPresent()) {
          write(out, events.line().apply(told.get()));
          told = more(feed);
        }
        flush(out);
      }
    } catch (KubeException lost) {
      write(out, SharedLines.written(Rendering.event("ERROR", Statuses.failure(lost))));
    }
  }

  private long left(long end) {
    return end - tasks.nanos();
  }

  private static Duration shorter(Duration left) {
    return left.compareTo(HEARTBEAT) < 0 ? left : HEARTBEAT;
  }

  private static Optional<Told> more(Feed feed) {
    return feed.next(Duration.ZERO);
  }

  private void beat(OutputStream out) throws IOException {
    if (channel.skipsBlankLines()) write(out, new byte[] {'\n'});
  }

  private void write(OutputStream out, byte[] line) throws IOException {
    pace.beginsToWrite();
    out.write(line);
    pace.hasWritten();
  }

  private void flush(OutputStream out) throws IOException {
    pace.beginsToWrite();
    out.flush();
    pace.hasWritten();
  }
}
