package dev.moorage.controlplane.attachdetach;

import dev.moorage.kube.PersistentVolume;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The names that attach and detach share with the node and the attacher.
final class UniqueName {
  private UniqueName() {}

  /// All volume names of a driver begin so.
  static String prefix(String driver) {
    return "kubernetes.io/csi/" + driver + "^";
  }

  /// The volume's name in a node's status.
  static String of(PersistentVolume volume) {
    return prefix(volume.csi().driver()) + volume.csi().handle();
  }

  /// The name of the VolumeAttachment, as the attach/detach controller of Kubernetes makes it.
  static String attachment(PersistentVolume volume, String node) {
    var csi = volume.csi();
    var text = csi.handle() + csi.driver() + node;
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return "csi-" + HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
