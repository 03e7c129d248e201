package dev.moorage.kube;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The fields of an object in their order, immutable, in a quarter of a [LinkedHashMap]'s memory: a
/// house keeps some hundred thousand of these, most with a handful of fields.
final class FewFields extends AbstractMap<String, Tree> {
  private static final int MOST = 16; // beyond, looking at one after the other takes too long

  private final String[] names;
  private final Tree[] trees;

  private FewFields(String[] names, Tree[] trees) {
    this.names = names;
    this.trees = trees;
  }

  /// An immutable copy in the same order.
  static Map<String, Tree> copyOf(Map<String, Tree> fields) {
    if (fields instanceof FewFields) return fields;
    if (fields.size() > MOST) return Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    var names = new String[fields.size()];
    var trees = new Tree[names.length];
    int next = 0;
    for (var field : fields.entrySet()) {
      names[next] = field.getKey();
      trees[next++] = field.getValue();
    }
    return new FewFields(names, trees);
  }

  /// A copy with one field replaced, or added as the last one.
  static Map<String, Tree> with(Map<String, Tree> fields, String name, Tree tree) {
    if (!(fields instanceof FewFields few) || few.size() == MOST) {
      var all = new LinkedHashMap<>(fields);
      all.put(name, tree);
      return copyOf(all);
    }
    int at = few.indexOf(name);
    if (at >= 0) {
      var trees = few.trees.clone();
      trees[at] = tree;
      return new FewFields(few.names, trees);
    }
    int size = few.size();
    var names = Arrays.copyOf(few.names, size + 1);
    var trees = Arrays.copyOf(few.trees, size + 1);
    names[size] = name;
    trees[size] = tree;
    return new FewFields(names, trees);
  }

  private int indexOf(@Nullable Object name) {
    for (int i = 0; i < names.length; i++) if (names[i].equals(name)) return i;
    return -1;
  }

  @Override
  public @Nullable Tree get(@Nullable Object name) {
    int at = indexOf(name);
    return at < 0 ? null : trees[at];
  }

  @Override
  public Tree getOrDefault(@Nullable Object name, Tree otherwise) {
    int at = indexOf(name);
    return at < 0 ? otherwise : trees[at];
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super Tree> action) {
    for (int i = 0; i < names.length; i++) action.accept(names[i], trees[i]);
  }

  @Override
  public Set<Entry<String, Tree>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<String, Tree>> {
    @Override
    public int size() {
      return names.length;
    }

    @Override
    public Iterator<Entry<String, Tree>> iterator() {
      return new Walk();
    }
  }

  private final class Walk implements Iterator<Entry<String, Tree>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < names.length;
    }

    @Override
    public Entry<String, Tree> next() {
      if (!hasNext()) throw new NoSuchElementException();
      return Map.entry(names[next], trees[next++]);
    }
  }
}
