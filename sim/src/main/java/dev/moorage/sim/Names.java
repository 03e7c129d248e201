package dev.moorage.sim;

import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.LogEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Generated names and what they stand for: `pv(claim)`, `va(claim,node)`, `uid(name)`,
/// `sha(pv(claim))`.
final class Names {
  private final Map<String, String> told = new LinkedHashMap<>(); // longer names first

  /// The names of every object that a log has ever held.
  Names(Log log) {
    var kept = log.replay();
    var objects = new ArrayList<>(kept.base());
    objects.addAll(kept.changes());
    var claims = claimsByVolume(objects);
    for (LogEntry entry : objects)
      if (entry.resource().startsWith("volumeattachments")) addAttachment(entry, claims);
    claims.forEach((volume, claim) -> {
      told.put(volume, "pv(" + claim + ")");
      told.put(sha256(volume), "sha(pv(" + claim + "))");
    });
    for (LogEntry entry : objects)
      if (entry.resource().equals("pods") || entry.resource().equals("persistentvolumeclaims"))
        told.put(uid(entry.object()), "uid(" + entry.key().name() + ")");
  }

  private static Map<String, String> claimsByVolume(List<LogEntry> objects) {
    var claims = new LinkedHashMap<String, String>();
    for (LogEntry entry : objects)
      if (entry.resource().equals("persistentvolumeclaims"))
        claims.put("pvc-" + uid(entry.object()), entry.key().name());
    return claims;
  }

  private void addAttachment(LogEntry entry, Map<String, String> claims) {
    var volume = entry.object().text("spec", "source", "persistentVolumeName");
    var node = entry.object().text("spec", "nodeName");
    told.put(entry.key().name(), "va(" + claims.getOrDefault(volume, "?") + "," + node + ")");
  }

  private static String uid(Tree object) {
    return object.text("metadata", "uid");
  }

  /// The folder that the node agent makes of a volume's handle.
  private static String sha256(String handle) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(handle.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  /// A text with every generated name replaced.
  String told(String text) {
    var now = text;
    for (var name : told.entrySet()) now = now.replace(name.getKey(), name.getValue());
    return now;
  }
}
