package dev.moorage.cli.api;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.Selection;
import dev.moorage.kubeserver.registry.SelectorText;
import picocli.CommandLine.Option;

/// The options that say which objects are meant.
final class SelectOptions {
  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description =
          "Only objects with these labels: a=b, a!=b, a in (b,c), a notin (b,c), a, !a, joined by commas (default: all).")
  private String labels = "";

  @Option(
      names = "--field-selector",
      paramLabel = "FIELDS",
      description = "Only objects with these fields, e.g. status.phase=Running (default: all).")
  private String fields = "";

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In all namespaces.")
  private boolean everywhere;

  boolean everywhere() {
    return everywhere;
  }

  /// Whether objects are chosen by something else than their names.
  boolean selects() {
    return !labels.isEmpty() || !fields.isEmpty();
  }

  /// @param namespace that counts unless all do
  /// @throws IllegalArgumentException when a selector cannot be read
  Selection selection(String namespace) {
    try {
      var parsed = SelectorText.parse(labels, fields);
      return new Selection(everywhere ? "" : namespace, parsed.labels(), parsed.fields());
    } catch (KubeException unreadable) {
      throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
    }
  }
}
