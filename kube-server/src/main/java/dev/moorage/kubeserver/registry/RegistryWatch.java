package dev.moorage.kubeserver.registry;

import dev.moorage.base.Tasks;
import dev.moorage.kube.Kind;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import java.time.Duration;
import java.util.Optional;

/// A [Watch] in the registry's own process.
final class RegistryWatch<T extends View> implements Watch<T> {
  private final Kind<T> kind;
  private final Feed feed;
  private final Views views;
  private final Tasks tasks;

  RegistryWatch(Kind<T> kind, Feed feed, Views views, Tasks tasks) {
    this.kind = kind;
    this.feed = feed;
    this.views = views;
    this.tasks = tasks;
  }

  @Override
  public Optional<Change<T>> next(Duration atMost) {
    tasks.refuseTheDead();
    return feed.next(atMost).map(this::change);
  }

  private Change<T> change(Told told) {
    return switch (told) {
      case Told.Added(var object) -> new Change.Added<>(views.read(kind, object));
      case Told.Modified(var object) -> new Change.Modified<>(views.read(kind, object));
      case Told.Deleted(var object) -> new Change.Deleted<>(views.read(kind, object));
      case Told.Bookmark(var version, _) -> new Change.Bookmark<>(version);
    };
  }

  @Override
  public void close() {
    feed.close();
  }
}
