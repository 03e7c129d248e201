package dev.moorage.csi;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// A place: all its segments must fit.
public record Topology(Map<String, String> segments) {
  /// No statement.
  public static final Topology NONE = new Topology(Map.of());

  public Topology {
    segments = Collections.unmodifiableMap(new TreeMap<>(segments));
  }
}
