package dev.moorage.cli.api;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kube.Listed;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import dev.moorage.kube.Watch.Change;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Tells every change of a selection until nobody listens any more: over cut connections, restarts
/// of the server and watches that came too late. After a break it lists again, and tells what has
/// changed meanwhile.
final class Following<T extends View> {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LOOK_UP = Duration.ofSeconds(1);

  /// What passes when one waits.
  private static final List<Reason> PASSING =
      List.of(
          Reason.Expired,
          Reason.ServiceUnavailable,
          Reason.Timeout,
          Reason.TooManyRequests,
          Reason.InternalError);

  private final Session session;
  private final Source<T> source;
  private final Consumer<T> teller;
  private final Map<ObjectKey, T> told = new LinkedHashMap<>();

  /// Where changes come from.
  interface Source<T extends View> {
    Listed<T> list();

    Watch<T> watch(String since);
  }

  Following(Session session, Source<T> source, Consumer<T> teller) {
    this.session = session;
    this.source = source;
    this.teller = teller;
  }

  /// Returns when nobody reads what is told.
  ///
  /// @param listed what is there now; it is told first
  void run(Listed<T> listed) {
    tellAll(listed);
    var since = listed.version();
    while (session.shown()) {
      try (var watch = source.watch(since)) {
        read(watch);
      } catch (KubeException broken) {
        refuse(broken);
        if (broken.reason() != Reason.Expired) session.remark("moor: " + broken.getMessage());
        since = caughtUp();
      }
    }
  }

  private static void refuse(KubeException broken) {
    if (!PASSING.contains(broken.reason())) throw broken;
  }

  private void read(Watch<T> watch) {
    while (session.shown()) watch.next(LOOK_UP).ifPresent(this::tell);
  }

  private void tell(Change<T> change) {
    switch (change) {
      case Change.Added<T>(var now) -> tellNow(now);
      case Change.Modified<T>(var now) -> tellNow(now);
      case Change.Deleted<T>(var last) -> {
        told.remove(last.key());
        teller.accept(last);
      }
      case Change.Bookmark<T> _ -> {}
    }
  }

  private void tellNow(T now) {
    told.put(now.key(), now);
    teller.accept(now);
  }

  // After a break

  /// @return the version from which to go on
  private String caughtUp() {
    while (true) {
      try {
        var listed = source.list();
        tellAll(listed);
        return listed.version();
      } catch (KubeException away) {
        refuse(away);
        session.group().sleep(PAUSE);
      }
    }
  }

  private void tellAll(Listed<T> listed) {
    var gone = new LinkedHashMap<>(told);
    for (T now : listed.items()) {
      var before = gone.remove(now.key());
      if (before == null || !isSame(before, now)) tellNow(now);
    }
    gone.forEach((key, last) -> {
      told.remove(key);
      teller.accept(last);
    });
  }

  private static boolean isSame(View before, View now) {
    return before.meta().uid().equals(now.meta().uid())
        && before.meta().version().equals(now.meta().version());
  }
}
