package dev.moorage.linux;

import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function of the C library, linked at its first call: linking takes some milliseconds, and
/// nobody calls them all.
final class Linked {
  private final Supplier<MethodHandle> link;
  private volatile @Nullable MethodHandle handle; // two may link at once; either handle will do

  Linked(Supplier<MethodHandle> link) {
    this.link = link;
  }

  MethodHandle handle() {
    var known = handle;
    if (known != null) return known;
    var fresh = link.get();
    handle = fresh;
    return fresh;
  }
}
