package dev.moorage.nodeagent.pods;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// Where a pod's things lie below the kubelet's root, and how its sandboxes are named.
///
/// @param root the kubelet's root directory
/// @param nodeName this node
record PodPlaces(String root, String nodeName) {

  String ledger() {
    return root + "/node-agent/pods.ledger";
  }

  String ledgerFolder() {
    return root + "/node-agent";
  }

  String pods() {
    return root + "/pods";
  }

  String pod(String uid) {
    return pods() + "/" + uid;
  }

  String logs(String uid) {
    return pod(uid) + "/containers";
  }

  String log(String uid, String container) {
    return logs(uid) + "/" + container + ".log";
  }

  String volumes(String uid) {
    return pod(uid) + "/volumes";
  }

  String csiVolumes(String uid) {
    return volumes(uid) + "/kubernetes.io~csi";
  }

  /// Where the volumes room publishes a volume for a pod: the kubelet's layout.
  String published(String uid, String volumeName) {
    return csiVolumes(uid) + "/" + volumeName + "/mount";
  }

  /// Where the volumes room writes down what it knows of a pod's volume.
  String volumeData(String uid, String volumeName) {
    return csiVolumes(uid) + "/" + volumeName + "/vol_data.json";
  }

  /// What the names of all sandboxes of this agent begin with. Two agents on one host may have
  /// nodes of one name, never one root: so an agent finds its own and no other's.
  String sandboxes() {
    return "moorage." + nodeName + "-" + sha256(root).substring(0, 8) + ".";
  }

  String sandboxes(String uid) {
    return sandboxes() + uid + ".";
  }

  String sandbox(String uid, String container) {
    return sandboxes(uid) + container;
  }

  /// The pod that a sandbox of this agent belongs to.
  Optional<String> podOf(String sandbox) {
    int end = sandbox.lastIndexOf('.');
    return sandbox.startsWith(sandboxes()) && end > sandboxes().length()
        ? Optional.of(sandbox.substring(sandboxes().length(), end))
        : Optional.empty();
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
