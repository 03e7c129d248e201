package dev.moorage.kube;

import dev.moorage.base.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A PersistentVolume.
///
/// @param reclaimPolicy `Delete`, `Retain` or `Recycle`
/// @param phase `Pending`, `Available`, `Bound`, `Released` or `Failed`
/// @param affinity `nodeAffinity.required`: alternatives, each a map of label to its allowed
///   values; empty for any node
public record PersistentVolume(
    Meta meta,
    Bytes capacity,
    List<String> accessModes,
    String reclaimPolicy,
    String className,
    boolean block,
    ClaimReference claim,
    CsiSource csi,
    List<String> mountOptions,
    String phase,
    List<Map<String, List<String>>> affinity)
    implements View {

  /// Reads a volume.
  public static PersistentVolume of(Tree tree) {
    var spec = tree.at("spec");
    return new PersistentVolume(
        Meta.of(tree),
        Quantities.of(spec.at("capacity", "storage")),
        spec.textList("accessModes"),
        spec.text("persistentVolumeReclaimPolicy"),
        spec.text("storageClassName"),
        spec.text("volumeMode").equals("Block"),
        ClaimReference.of(spec.at("claimRef")),
        CsiSource.of(spec.at("csi")),
        spec.textList("mountOptions"),
        tree.text("status", "phase"),
        spec.at("nodeAffinity", "required", "nodeSelectorTerms").items().stream()
            .map(PersistentVolume::term)
            .toList());
  }

  private static Map<String, List<String>> term(Tree term) {
    var labels = new LinkedHashMap<String, List<String>>();
    for (Tree expression : term.at("matchExpressions").items())
      if (expression.text("operator").equals("In"))
        labels.put(expression.text("key"), expression.textList("values"));
    return labels;
  }

  /// Whether a node with these labels may use the volume.
  public boolean reachableFrom(Map<String, String> labels) {
    return affinity.isEmpty()
        || affinity.stream()
            .anyMatch(term ->
                term.entrySet().stream()
                    .allMatch(entry ->
                        entry.getValue().contains(labels.getOrDefault(entry.getKey(), "\0"))));
  }
}
