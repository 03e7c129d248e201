package dev.moorage.nodeagent;

import dev.moorage.nodeagent.pods.Pods;
import dev.moorage.nodeagent.registration.Registrar;
import dev.moorage.nodeagent.volumes.Volumes;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a node agent runs.
///
/// @param nodeName the Node's name
/// @param kubeletRoot the kubelet's root directory: absolute, without a slash at its end
/// @param labels further labels of the Node; `kubernetes.io/hostname` is added with the node's name
///   unless it is there
/// @param workers volumes, and pods, worked on at once, 1 or more; a driver that keeps volumes
///   waiting gets more
/// @param rpc how long a driver's answer may take
/// @param look how often something that waits is looked at although nothing was told
/// @param sweep how often this host is searched for what nobody owns any more
public record Settings(
    String nodeName,
    String kubeletRoot,
    SortedMap<String, String> labels,
    int workers,
    Duration rpc,
    Duration look,
    Duration sweep) {

  private static final String HOSTNAME = "kubernetes.io/hostname";

  /// Checks, and adds the hostname label.
  ///
  /// @throws IllegalArgumentException naming the setting that is wrong
  public Settings {
    if (nodeName.isEmpty()) throw new IllegalArgumentException("node-name is empty");
    if (!kubeletRoot.startsWith("/") || kubeletRoot.endsWith("/"))
      throw new IllegalArgumentException(
          "kubelet-root must be absolute and not end with a slash: " + kubeletRoot);
    if (workers < 1) throw new IllegalArgumentException("workers must be 1 or more: " + workers);
    positive("rpc", rpc);
    positive("look", look);
    positive("sweep", sweep);
    var all = new TreeMap<>(labels);
    all.putIfAbsent(HOSTNAME, nodeName);
    labels = Collections.unmodifiableSortedMap(all);
  }

  /// The defaults: the kubelet's 2 minutes for a driver's answer, 4 workers, a look each 10 s, a
  /// sweep each minute.
  public static Settings of(String nodeName, String kubeletRoot) {
    return new Settings(
        nodeName,
        kubeletRoot,
        new TreeMap<>(Map.of()),
        4,
        Duration.ofMinutes(2),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1));
  }

  /// The same with further labels for the Node.
  public Settings withLabels(Map<String, String> more) {
    var all = new TreeMap<>(labels);
    all.putAll(more);
    return new Settings(nodeName, kubeletRoot, all, workers, rpc, look, sweep);
  }

  private static void positive(String name, Duration duration) {
    if (!duration.isPositive())
      throw new IllegalArgumentException(name + " must be positive: " + duration);
  }

  Registrar.Settings registrar() {
    return new Registrar.Settings(nodeName, labels, kubeletRoot + "/plugins_registry", rpc, look);
  }

  Volumes.Settings volumes() {
    return new Volumes.Settings(nodeName, kubeletRoot, workers, rpc, look, sweep);
  }

  Pods.Settings pods() {
    return new Pods.Settings(nodeName, kubeletRoot, workers, look, sweep);
  }
}
