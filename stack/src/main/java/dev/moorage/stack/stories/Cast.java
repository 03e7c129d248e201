package dev.moorage.stack.stories;

import dev.moorage.base.Group;
import dev.moorage.host.Host;
import dev.moorage.kube.Kube;

/// Who and what a story is played with.
///
/// @param group the user's tasks
/// @param host the node's kernel, to look at
/// @param place what on that host is this house's
/// @param driver the driver's name
/// @param realPods whether pods are real processes that read and write (not so in the simulation)
public record Cast(
    Kube kube, Group group, Host host, Place place, String driver, boolean realPods) {

  /// What on a host is this house's; the rest is others', who come and go as they like.
  ///
  /// @param node the node's name
  /// @param home an absolute folder, without a slash at its end: mounts and loop devices' images in
  ///   it are this house's; empty when the whole host is
  /// @param kubeletRoot the node agent's folder
  public record Place(String node, String home, String kubeletRoot) {
    boolean holds(String path) {
      return path.startsWith(home + "/");
    }
  }
}
