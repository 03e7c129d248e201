package dev.moorage.kube;

import java.util.Map;

/// An attachment (VolumeAttachment).
///
/// @param attacher the driver's name
/// @param volumeName the PersistentVolume
/// @param publishContext `status.attachmentMetadata`
/// @param attachError message of the last failed attach, empty for none
/// @param detachError message of the last failed detach, empty for none
public record VolumeAttachment(
    Meta meta,
    String attacher,
    String nodeName,
    String volumeName,
    boolean attached,
    Map<String, String> publishContext,
    String attachError,
    String detachError)
    implements View {

  /// Reads an attachment.
  public static VolumeAttachment of(Tree tree) {
    return new VolumeAttachment(
        Meta.of(tree),
        tree.text("spec", "attacher"),
        tree.text("spec", "nodeName"),
        tree.text("spec", "source", "persistentVolumeName"),
        tree.truth(false, "status", "attached"),
        tree.textMap("status", "attachmentMetadata"),
        tree.text("status", "attachError", "message"),
        tree.text("status", "detachError", "message"));
  }
}
