package dev.moorage.csi;

import dev.moorage.base.Secret;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Secrets that go with a call. Their `toString` shows the keys only.
public record Secrets(Map<String, Secret> values) {
  /// No secrets.
  public static final Secrets NONE = new Secrets(Map.of());

  public Secrets {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  @Override
  public String toString() {
    return "Secrets" + values.keySet();
  }
}
