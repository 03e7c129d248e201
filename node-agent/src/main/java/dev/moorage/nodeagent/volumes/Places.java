package dev.moorage.nodeagent.volumes;

import dev.moorage.csi.VolumeId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Where the kubelet keeps volumes below its root. Source: the kubelet's CSI plugin.
///
/// @param root the kubelet's root directory
record Places(String root) {
  static final String DATA_FILE = "vol_data.json";

  /// Holds the global path and the data file of one volume.
  String device(String driver, VolumeId volume) {
    return devices() + "/" + driver + "/" + sha256(volume.text());
  }

  /// The global path (`staging_target_path`).
  String staging(String driver, VolumeId volume) {
    return device(driver, volume) + "/globalmount";
  }

  String devices() {
    return root + "/plugins/kubernetes.io/csi";
  }

  String pods() {
    return root + "/pods";
  }

  /// Holds the volumes of one pod.
  String ofPod(String podUid) {
    return pods() + "/" + podUid + "/volumes/kubernetes.io~csi";
  }

  /// Holds the published path and the data file of one volume of a pod.
  String inPod(String podUid, String volumeName) {
    return ofPod(podUid) + "/" + volumeName;
  }

  /// The published path (`target_path`).
  String target(String podUid, String volumeName) {
    return inPod(podUid, volumeName) + "/mount";
  }

  /// A volume's unique name in the node's status.
  static String uniqueName(String driver, VolumeId volume) {
    return "kubernetes.io/csi/" + driver + "^" + volume.text();
  }

  /// The name of a volume's VolumeAttachment.
  static String attachmentName(String driver, VolumeId volume, String node) {
    return "csi-" + sha256(volume.text() + driver + node);
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
