package dev.moorage.csi;

import java.util.Map;

/// What drivers hand from one call to the next, by way of Kubernetes objects.
public final class Contexts {
  /// The most that is taken, names and values together. The CSI specification allows 4 KiB; an API
  /// server holds objects of 1.5 MiB at most.
  public static final int MOST_CHARS = 1 << 20;

  private Contexts() {}

  /// Whether a context can be kept in an object.
  public static boolean fits(Map<String, String> context) {
    long chars = 0;
    for (var entry : context.entrySet())
      chars += entry.getKey().length() + entry.getValue().length();
    return chars <= MOST_CHARS;
  }
}
