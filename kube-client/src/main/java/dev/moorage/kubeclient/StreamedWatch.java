package dev.moorage.kubeclient;

import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// A watch over HTTP: one event per line. When the server ends it because its time is over, it goes
/// on from what was last seen; when it breaks off, the reader hears so.
final class StreamedWatch<T extends View> implements Watch<T> {
  /// How much longer than asked for a watch may last, before it counts as dead.
  private static final Duration GRACE = Duration.ofSeconds(30);

  /// A watch that ends sooner, and told nothing, is not opened again at once.
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final Wire wire;
  private final String path;
  private final String accept;
  private final Function<Tree, T> reader;

  private String seen; // as the next three, the reading task's
  private long openedAt;
  private boolean told;
  private Lines lines;

  private volatile Answer stream;
  private volatile boolean closed;

  /// @param path without options of watching
  StreamedWatch(Wire wire, String path, String accept, String since, Function<Tree, T> reader) {
    this.wire = wire;
    this.path = path;
    this.accept = accept;
    this.reader = reader;
    this.seen = since;
    this.openedAt = now();
    this.stream = answer();
    this.lines = new Lines(stream.body());
  }

  private long now() {
    return wire.group().tasks().nanos();
  }

  private Answer answer() {
    var atMost = wire.settings().watchAtMost();
    var asked = Paths.with(path, "watch", "true");
    asked = Paths.with(asked, "allowWatchBookmarks", "true");
    asked = Paths.with(asked, "timeoutSeconds", String.valueOf(atMost.toSeconds()));
    asked = Paths.with(asked, "resourceVersion", seen);
    return wire.stream(Ask.get(asked, accept), atMost.plus(GRACE));
  }

  @Override
  public Optional<Change<T>> next(Duration atMost) {
    long begun = now();
    while (true) {
      var left = atMost.minusNanos(now() - begun);
      try {
        var line = lines.next(shorter(left));
        if (line != null) return Optional.of(change(TreeJson.object(line)));
        if (left.compareTo(GRACE) <= 0) return Optional.empty();
      } catch (Lines.Over over) {
        goOn();
      } catch (IOException | TreeJson.Malformed e) {
        throw wire.failures().cut(closed ? "it was closed" : String.valueOf(e.getMessage()));
      }
    }
  }

  /// A wait is not longer than a dead watch should stay unseen.
  private Duration shorter(Duration left) {
    refuseDead();
    return left.compareTo(GRACE) < 0 ? left : GRACE;
  }

  private Duration age() {
    return Duration.ofNanos(now() - openedAt);
  }

  private void refuseDead() {
    if (age().compareTo(wire.settings().watchAtMost().plus(GRACE)) > 0)
      throw wire.failures().cut("nothing came for " + age().toSeconds() + " s, not even its end");
  }

  /// The server's time for the watch is over.
  private void goOn() {
    if (!told && age().compareTo(SHORTEST) < 0) throw wire.failures().cut("it ended at once");
    stream.close();
    openedAt = now();
    told = false;
    stream = answer();
    lines = new Lines(stream.body());
    if (closed) stream.close();
  }

  private Change<T> change(Tree event) {
    var object = event.at("object");
    var type = event.text("type");
    if (type.equals("ERROR")) throw wire.failures().refusal(object);
    told = true;
    if (type.equals("BOOKMARK")) {
      seen = versionOf(object);
      return new Change.Bookmark<>(seen);
    }
    T view = reader.apply(object);
    seen = view.meta().version();
    return switch (type) {
      case "ADDED" -> new Change.Added<>(view);
      case "MODIFIED" -> new Change.Modified<>(view);
      case "DELETED" -> new Change.Deleted<>(view);
      default -> throw wire.failures().cut("it told an unknown kind of event");
    };
  }

  /// Of an object, or of a Table with the object in its row.
  private static String versionOf(Tree object) {
    var version = object.text("metadata", "resourceVersion");
    return version.isEmpty() && !object.at("rows").items().isEmpty()
        ? object.at("rows").items().getFirst().text("object", "metadata", "resourceVersion")
        : version;
  }

  @Override
  public void close() {
    closed = true;
    stream.close();
  }
}
