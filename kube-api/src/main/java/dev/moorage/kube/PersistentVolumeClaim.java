package dev.moorage.kube;

import dev.moorage.base.Bytes;
import java.util.List;

/// A claim (PersistentVolumeClaim).
///
/// @param className the StorageClass's name, empty for none; the beta annotation counts first
/// @param classSet whether a class is named at all (an empty name on purpose counts)
/// @param requested the asked size
/// @param block whether the volume mode is Block
/// @param volumeName the bound PersistentVolume, empty while there is none
/// @param phase `Pending`, `Bound` or `Lost`
/// @param capacity granted size (status), zero while there is none
/// @param allocated `status.allocatedResources.storage`, zero while there is none
/// @param allocatedStatus `status.allocatedResourceStatuses.storage` (the resize's progress), empty
///   for none
/// @param conditions the condition types that are True
/// @param hasDataSource whether a data source is named
/// @param hasSelector whether a volume selector is set
public record PersistentVolumeClaim(
    Meta meta,
    List<String> accessModes,
    String className,
    boolean classSet,
    Bytes requested,
    boolean block,
    String volumeName,
    String phase,
    Bytes capacity,
    Bytes allocated,
    String allocatedStatus,
    List<String> conditions,
    boolean hasDataSource,
    boolean hasSelector)
    implements View {

  private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

  /// Reads a claim.
  public static PersistentVolumeClaim of(Tree tree) {
    var meta = Meta.of(tree);
    var spec = tree.at("spec");
    var status = tree.at("status");
    var beta = meta.annotations().get(BETA_CLASS);
    return new PersistentVolumeClaim(
        meta,
        spec.textList("accessModes"),
        beta == null ? spec.text("storageClassName") : beta,
        beta != null || !spec.at("storageClassName").isNothing(),
        Quantities.of(spec.at("resources", "requests", "storage")),
        spec.text("volumeMode").equals("Block"),
        spec.text("volumeName"),
        status.text("phase"),
        Quantities.of(status.at("capacity", "storage")),
        Quantities.of(status.at("allocatedResources", "storage")),
        status.text("allocatedResourceStatuses", "storage"),
        status.at("conditions").items().stream()
            .filter(condition -> condition.text("status").equals("True"))
            .map(condition -> condition.text("type"))
            .toList(),
        !spec.at("dataSource").isNothing() || !spec.at("dataSourceRef").isNothing(),
        !spec.at("selector").isNothing());
  }

  /// Whether the claim's phase is Bound.
  public boolean bound() {
    return phase.equals("Bound");
  }
}
