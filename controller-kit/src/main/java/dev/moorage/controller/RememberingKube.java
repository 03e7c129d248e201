package dev.moorage.controller;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import java.util.Optional;
import java.util.function.Supplier;

/// A [Kube] that remembers the writes of the key in hand. Writes outside a reconcile pass through.
final class RememberingKube implements Kube {
  private final Kube kube;
  private final ScopedValue<Hand> hand;

  RememberingKube(Kube kube, ScopedValue<Hand> hand) {
    this.kube = kube;
    this.hand = hand;
  }

  @Override
  public <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key) {
    return kube.get(kind, key);
  }

  @Override
  public <T extends View> Listed<T> list(Kind<T> kind, Selection selection) {
    return kube.list(kind, selection);
  }

  @Override
  public <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since) {
    return kube.watch(kind, selection, since);
  }

  @Override
  public <T extends View> T create(Kind<T> kind, Tree tree) {
    var meta = Meta.of(tree);
    if (meta.name().isEmpty()) return kube.create(kind, tree);
    return stored(kind, meta.key(), () -> kube.create(kind, tree));
  }

  @Override
  public <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return stored(kind, key, () -> kube.change(kind, key, versionSeen, patch));
  }

  @Override
  public <T extends View> T changeStatus(
      Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    return stored(kind, key, () -> kube.changeStatus(kind, key, versionSeen, patch));
  }

  /// The answer of a binding carries no version, so the pod is read after it.
  @Override
  public void bind(ObjectKey pod, String uid, String node) {
    refusalsRemembered(
        Kinds.POD,
        pod,
        () -> {
          kube.bind(pod, uid, node);
          kube.get(Kinds.POD, pod)
              .ifPresent(now -> remember(new Write.Stored(Kinds.POD, pod, now.meta().version())));
          return node;
        });
  }

  @Override
  public void delete(Kind<?> kind, ObjectKey key, Deletion deletion) {
    refusalsRemembered(
        kind,
        key,
        () -> {
          kube.delete(kind, key, deletion);
          remember(new Write.Deleted(kind, key));
          return key;
        });
  }

  private <T extends View> T stored(Kind<T> kind, ObjectKey key, Supplier<T> write) {
    T now = refusalsRemembered(kind, key, write);
    remember(
        endsWithIt(now.meta())
            ? new Write.Unsure(kind, key)
            : new Write.Stored(kind, key, now.meta().version()));
    return now;
  }

  /// The last finalizer takes its object with it, while the answer still shows the object: a cache
  /// that holds the answer's version would have the key's next reconcile remove the finalizer
  /// again.
  private static boolean endsWithIt(Meta written) {
    return written.deleting() && written.finalizers().isEmpty();
  }

  private <R> R refusalsRemembered(Kind<?> kind, ObjectKey key, Supplier<R> write) {
    try {
      return write.get();
    } catch (KubeException refused) {
      remember(new Write.Unsure(kind, key));
      throw refused;
    }
  }

  private void remember(Write write) {
    if (hand.isBound()) hand.get().remember(write);
  }
}
