package dev.moorage.kubeserver.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map: a change gives a new map that shares nearly all of the old one, so that
/// every state of the registry is a snapshot for nothing. (An AVL tree.)
final class OrderedMap<K extends Comparable<K>, V> {
  private final @Nullable Branch<K, V> root;
  private final int size;

  private OrderedMap(@Nullable Branch<K, V> root, int size) {
    this.root = root;
    this.size = size;
  }

  static <K extends Comparable<K>, V> OrderedMap<K, V> empty() {
    return new OrderedMap<>(null, 0);
  }

  int size() {
    return size;
  }

  Optional<V> find(K key) {
    var here = root;
    while (here != null) {
      int order = key.compareTo(here.key);
      if (order == 0) return Optional.of(here.value);
      here = order < 0 ? here.left : here.right;
    }
    return Optional.empty();
  }

  OrderedMap<K, V> with(K key, V value) {
    return new OrderedMap<>(put(root, key, value), find(key).isPresent() ? size : size + 1);
  }

  OrderedMap<K, V> without(K key) {
    return find(key).isPresent() ? new OrderedMap<>(remove(root, key), size - 1) : this;
  }

  /// All values in the order of their keys.
  List<V> values() {
    var values = new ArrayList<V>(size);
    visit(root, null, (_, value) -> values.add(value));
    return values;
  }

  /// Visits the entries behind a key, in order, until the visitor says false.
  ///
  /// @param after null to begin with the first entry
  void visitAfter(@Nullable K after, BiPredicate<K, V> visitor) {
    visit(root, after, visitor);
  }

  private static <K extends Comparable<K>, V> boolean visit(
      @Nullable Branch<K, V> at, @Nullable K after, BiPredicate<K, V> visitor) {
    if (at == null) return true;
    boolean behind = after == null || at.key.compareTo(after) > 0;
    if (behind && !visit(at.left, after, visitor)) return false;
    if (behind && !visitor.test(at.key, at.value)) return false;
    return visit(at.right, after, visitor);
  }

  private record Branch<K extends Comparable<K>, V>(
      K key, V value, @Nullable Branch<K, V> left, @Nullable Branch<K, V> right, int height) {
    Branch(K key, V value, @Nullable Branch<K, V> left, @Nullable Branch<K, V> right) {
      this(key, value, left, right, 1 + Math.max(heightOf(left), heightOf(right)));
    }

    Branch<K, V> withLeft(@Nullable Branch<K, V> other) {
      return new Branch<>(key, value, other, right);
    }

    Branch<K, V> withRight(@Nullable Branch<K, V> other) {
      return new Branch<>(key, value, left, other);
    }
  }

  private static int heightOf(@Nullable Branch<?, ?> branch) {
    return branch == null ? 0 : branch.height;
  }

  private static <K extends Comparable<K>, V> Branch<K, V> put(
      @Nullable Branch<K, V> at, K key, V value) {
    if (at == null) return new Branch<>(key, value, null, null);
    int order = key.compareTo(at.key);
    if (order == 0) return new Branch<>(key, value, at.left, at.right);
    return balanced(
        order < 0
            ? at.withLeft(put(at.left, key, value))
            : at.withRight(put(at.right, key, value)));
  }

  private static <K extends Comparable<K>, V> @Nullable Branch<K, V> remove(
      @Nullable Branch<K, V> at, K key) {
    if (at == null) return null;
    int order = key.compareTo(at.key);
    if (order < 0) return balanced(at.withLeft(remove(at.left, key)));
    if (order > 0) return balanced(at.withRight(remove(at.right, key)));
    if (at.left == null) return at.right;
    if (at.right == null) return at.left;
    var next = first(at.right);
    return balanced(new Branch<>(next.key, next.value, at.left, remove(at.right, next.key)));
  }

  private static <K extends Comparable<K>, V> Branch<K, V> first(Branch<K, V> at) {
    var here = at;
    while (here.left != null) here = here.left;
    return here;
  }

  private static <K extends Comparable<K>, V> Branch<K, V> balanced(Branch<K, V> at) {
    int lean = heightOf(at.left) - heightOf(at.right);
    var left = at.left;
    var right = at.right;
    if (lean > 1 && left != null) {
      boolean bent = heightOf(left.left) < heightOf(left.right);
      return turnRight(bent ? at.withLeft(turnLeft(left)) : at);
    }
    if (lean < -1 && right != null) {
      boolean bent = heightOf(right.right) < heightOf(right.left);
      return turnLeft(bent ? at.withRight(turnRight(right)) : at);
    }
    return at;
  }

  private static <K extends Comparable<K>, V> Branch<K, V> turnRight(Branch<K, V> at) {
    var top = at.left;
    return top == null ? at : top.withRight(at.withLeft(top.right));
  }

  private static <K extends Comparable<K>, V> Branch<K, V> turnLeft(Branch<K, V> at) {
    var top = at.right;
    return top == null ? at : top.withLeft(at.withRight(top.left));
  }
}
