package dev.moorage.kube;

import dev.moorage.base.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A PersistentVolume's CSI source (`spec.csi`).
///
/// @param driver empty for a volume of another sort
/// @param handle the driver's volume id
/// @param attributes the volume context
/// @param secretRefs references by their field name (`nodeStageSecretRef`, ...)
public record CsiSource(
    String driver,
    String handle,
    String fsType,
    boolean readOnly,
    Map<String, String> attributes,
    Map<String, ObjectKey> secretRefs) {

  public CsiSource {
    attributes = Map.copyOf(attributes);
    secretRefs = Map.copyOf(secretRefs);
  }

  static CsiSource of(Tree csi) {
    var refs = new TreeMap<String, ObjectKey>();
    csi.fields()
        .forEach((name, ref) -> {
          if (name.endsWith("SecretRef") && !ref.text("name").isEmpty())
            refs.put(name, new ObjectKey(ref.text("namespace"), ref.text("name")));
        });
    return new CsiSource(
        csi.text("driver"),
        csi.text("volumeHandle"),
        csi.text("fsType"),
        csi.truth(false, "readOnly"),
        csi.textMap("volumeAttributes"),
        refs);
  }

  /// A secret reference by its field name.
  public Optional<ObjectKey> secret(String field) {
    return Optional.ofNullable(secretRefs.get(field));
  }
}
