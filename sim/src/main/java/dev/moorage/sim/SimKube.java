package dev.moorage.sim;

import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Stopped;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// The user's API: tries again while the server is away, as kubectl's user does, and takes "it is
/// there already" for an answer to a write that it repeats.
final class SimKube implements Kube {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Supplier<Kube> now;
  private final Group user;

  SimKube(Supplier<Kube> now, Group user) {
    this.now = now;
    this.user = user;
  }

  @Override
  public <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key) {
    return patiently(() -> now.get().get(kind, key));
  }

  @Override
  public <T extends View> Listed<T> list(Kind<T> kind, Selection selection) {
    return patiently(() -> now.get().list(kind, selection));
  }

  @Override
  public <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since) {
    return patiently(() -> new SimWatch<>(now.get().watch(kind, selection, since)));
  }

  /// A watch that ends when its server dies.
  private record SimWatch<T extends View>(Watch<T> watch) implements Watch<T> {
    @Override
    public Optional<Change<T>> next(Duration atMost) {
      try {
        return watch.next(atMost);
      } catch (Stopped serverDied) {
        throw new KubeException(Reason.ServiceUnavailable, "the server of this watch has died");
      }
    }

    @Override
    public void close() {
      watch.close();
    }
  }

  @Override
  public <T extends View> T create(Kind<T> kind, Tree tree) {
    return patiently(() -> {
      try {
        return now.get().create(kind, tree);
      } catch (KubeException refused) {
        if (!refused.isAlreadyThere()) throw refused;
        var key = new ObjectKey(tree.text("metadata", "namespace"), tree.text("metadata", "name"));
        return now.get().get(kind, key).orElseThrow(() -> refused);
      }
    });
  }

  @Override
  public <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return patiently(() -> now.get().change(kind, key, versionSeen, patch));
  }

  @Override
  public <T extends View> T changeStatus(
      Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return patiently(() -> now.get().changeStatus(kind, key, versionSeen, patch));
  }

  @Override
  public void bind(ObjectKey pod, String uid, String node) {
    patiently(() -> {
      now.get().bind(pod, uid, node);
      return true;
    });
  }

  @Override
  public void delete(Kind<?> kind, ObjectKey key, Deletion deletion) {
    patiently(() -> {
      try {
        now.get().delete(kind, key, deletion);
      } catch (KubeException refused) {
        if (!refused.isNotFound()) throw refused;
      }
      return true;
    });
  }

  private <R> R patiently(Supplier<R> call) {
    while (true) {
      try {
        return call.get();
      } catch (Stopped serverDied) {
        user.sleep(PAUSE);
      } catch (KubeException refused) {
        if (refused.reason() != Reason.ServiceUnavailable) throw refused;
        user.sleep(PAUSE);
      }
    }
  }
}
