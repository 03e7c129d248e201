package dev.moorage.nodeagent.volumes;

import dev.moorage.csi.AccessMode;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.VolumeAttachment;
import dev.moorage.nodeagent.volumes.VolumeView.Attachment;
import dev.moorage.nodeagent.volumes.VolumeView.Growth;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Facts out of objects: pure functions.
final class VolumeFacts {
  private VolumeFacts() {}

  /// The claims that a container of the pod mounts.
  static boolean mounts(Pod pod, String claimName) {
    return pod.volumes().stream()
        .filter(volume -> volume.claimName().equals(claimName))
        .anyMatch(volume -> isMounted(pod, volume));
  }

  private static boolean isMounted(Pod pod, Pod.Volume volume) {
    return pod.containers().stream()
        .flatMap(container -> container.mounts().stream())
        .anyMatch(mount -> mount.volume().equals(volume.name()));
  }

  /// Whether the pod only reads the claim.
  static boolean readOnly(Pod pod, String claimName) {
    return pod.volumes().stream()
        .filter(volume -> volume.claimName().equals(claimName))
        .allMatch(Pod.Volume::readOnly);
  }

  /// Whether claim and volume are bound to each other.
  static boolean bound(PersistentVolumeClaim claim, PersistentVolume volume) {
    return claim.bound()
        && claim.volumeName().equals(volume.meta().name())
        && volume.claim().uid().equals(claim.meta().uid());
  }

  /// Why no pod of this node can use the volume; empty for no reason.
  static String problem(PersistentVolume volume, Optional<Node> node, Optional<CsiDriver> driver) {
    if (volume.csi().driver().isEmpty())
      return "PersistentVolume " + volume.meta().name() + " is no CSI volume";
    if (volume.block())
      return "volumeMode Block is not offered by this node agent; ask for Filesystem";
    if (AccessMode.of(volume.accessModes(), false).isEmpty())
      return "access modes " + volume.accessModes() + " cannot be had together";
    if (!volume.reachableFrom(
        node.<Map<String, String>>map(n -> n.meta().labels()).orElse(Map.of())))
      return "the volume's node affinity does not match this node's labels";
    if (driver.filter(VolumeFacts::onlyEphemeral).isPresent())
      return "driver " + volume.csi().driver() + " offers no persistent volumes";
    return "";
  }

  /// Whether only one pod at a time may use the volume.
  static boolean onePodOnly(PersistentVolume volume) {
    return volume.accessModes().equals(List.of("ReadWriteOncePod"));
  }

  private static boolean onlyEphemeral(CsiDriver driver) {
    return !driver.lifecycleModes().isEmpty() && !driver.lifecycleModes().contains("Persistent");
  }

  /// Whether the filesystem must follow the volume. With progress in the claim's status the resizer
  /// hands over (*node resize pending*); without any, the classic rule: a volume larger than its
  /// claim says. Source: the kubelet's `nodeExpandVolume`.
  static Growth growth(PersistentVolumeClaim claim, PersistentVolume volume) {
    boolean classic = claim.allocated().isZero() && claim.allocatedStatus().isEmpty();
    if (classic)
      return !claim.capacity().isZero() && claim.capacity().isBelow(volume.capacity())
          ? new Growth.Due(volume.capacity())
          : new Growth.None();
    return switch (claim.allocatedStatus()) {
      case "NodeResizePending" -> new Growth.Pending(claim.allocated());
      case "NodeResizeInProgress" -> new Growth.Due(claim.allocated());
      default -> new Growth.None();
    };
  }

  /// How far a volume is attached.
  ///
  /// @param listed whether the node's status lists it in `volumesAttached`, read live after it was
  ///   reported in use
  static Attachment attachment(boolean listed, Optional<VolumeAttachment> attachment) {
    if (attachment.isEmpty()) return new Attachment.Waiting("no VolumeAttachment yet");
    var found = attachment.get();
    if (found.meta().deleting())
      return new Attachment.Waiting("the VolumeAttachment is being deleted");
    if (!found.attached())
      return new Attachment.Waiting(
          found.attachError().isEmpty()
              ? "the VolumeAttachment is not attached yet"
              : "attaching failed: " + found.attachError());
    return listed
        ? new Attachment.Ready(found.publishContext())
        : new Attachment.Waiting("the node's status does not list it as attached yet");
  }
}
