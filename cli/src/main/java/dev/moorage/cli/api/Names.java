package dev.moorage.cli.api;

import dev.moorage.kube.Kind;
import java.util.Locale;

/// Kinds and objects as lines name them.
final class Names {
  private Names() {}

  /// E.g. `storageclass.storage.k8s.io`.
  static String of(Kind<?> kind) {
    var name = kind.name().toLowerCase(Locale.ROOT);
    return kind.group().isEmpty() ? name : name + "." + kind.group();
  }

  /// E.g. `pod/data-pod`.
  static String of(Kind<?> kind, String name) {
    return of(kind) + "/" + name;
  }
}
