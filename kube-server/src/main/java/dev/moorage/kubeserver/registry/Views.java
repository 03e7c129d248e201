package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The views that were read last: a dozen actors watch the same kinds, and one reading of a change
/// serves them all.
final class Views {
  private static final int KEPT = 256; // a power of two

  private final AtomicReferenceArray<@Nullable Seen<?>> latest = new AtomicReferenceArray<>(KEPT);

  /// A tree, by identity, as a kind read it.
  private record Seen<T extends View>(Tree tree, Kind<T> kind, T view) {}

  <T extends View> T read(Kind<T> kind, Tree tree) {
    int place = System.identityHashCode(tree) & (KEPT - 1);
    return known(latest.get(place), kind, tree)
        .orElseGet(() -> {
          var view = kind.read(tree);
          latest.set(place, new Seen<>(tree, kind, view));
          return view;
        });
  }

  @SuppressWarnings({
    "unchecked", // the same kind made it
    "ReferenceEquality" // equal ones would do, but comparing them takes longer
  })
  private static <T extends View> Optional<T> known(
      @Nullable Seen<?> seen, Kind<T> kind, Tree tree) {
    if (seen == null || seen.tree != tree || seen.kind != kind) return Optional.empty();
    return Optional.of(((Seen<T>) seen).view);
  }
}
