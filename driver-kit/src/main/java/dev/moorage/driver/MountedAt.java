package dev.moorage.driver;

import dev.moorage.host.Mounts.Mount;
import java.util.List;

/// What a path is in the kernel's words, which stay the same however often it is bound: a
/// filesystem, and a path in it.
///
/// @param device number of the filesystem, as `major:minor`; empty for a path that is nowhere
record MountedAt(String device, String root) {

  static MountedAt of(String path, List<Mount> table) {
    return table.stream()
        .filter(mount -> isBelow(path, mount.target()))
        // The innermost one; of several at one path the last. The table's order alone says nothing:
        // after a change of the root the root comes last.
        .reduce((inner, next) -> isBelow(next.target(), inner.target()) ? next : inner)
        .map(mount -> in(mount, path))
        .orElse(new MountedAt("", path));
  }

  private static boolean isBelow(String path, String folder) {
    return path.equals(folder) || path.startsWith(folder.equals("/") ? "/" : folder + "/");
  }

  private static MountedAt in(Mount mount, String path) {
    var rest = mount.target().equals("/") ? path : path.substring(mount.target().length());
    var root = mount.root().equals("/") ? "" : mount.root();
    return new MountedAt(mount.device(), root + rest);
  }

  /// Whether a mount shows exactly this.
  boolean isShownBy(Mount mount) {
    var shown = mount.root().equals("/") ? "" : mount.root();
    return mount.device().equals(device) && shown.equals(root);
  }
}
