package dev.moorage.conformance;

import dev.moorage.host.Files.Sort;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts.Mount;
import java.util.ArrayList;
import java.util.List;

/// A check's own folder on the node, and what must not be left in it.
final class Paths {
  private static final int MODE = 0750;

  private final Host host;
  private final String folder;
  private int links;

  Paths(Host host, String folder) {
    this.host = host;
    this.folder = folder;
  }

  String folder() {
    return folder;
  }

  /// A staging path, made as the orchestrator makes it.
  String staging(String label) {
    return made(folder + "/staging-" + label);
  }

  /// A target path; its parent is made as the orchestrator makes it.
  String target(String label) {
    return made(folder + "/pod-" + label) + "/mount";
  }

  String made(String path) {
    host.files().makeFolder(path, MODE);
    return path;
  }

  /// A folder with a file in it that nobody may touch.
  String sentinel(String label) {
    var path = made(folder + "/" + label);
    host.files().write(path + "/keep.txt", "keep");
    return path;
  }

  boolean sentinelIsThere(String path) {
    return host.files().read(path + "/keep.txt").filter("keep"::equals).isPresent();
  }

  boolean exists(String path) {
    return host.files().look(path).isPresent();
  }

  /// How many mounts lie on top of each other at a path.
  long mountsAt(String path) {
    return host.mounts().table().stream().filter(mount -> mount.target().equals(path)).count();
  }

  private List<String> mounts() {
    return host.mounts().table().stream()
        .map(Mount::target)
        .filter(target -> target.startsWith(folder + "/"))
        .toList();
  }

  /// Clears the folder.
  ///
  /// @return what the driver had left mounted
  List<String> clear() {
    var left = new ArrayList<String>();
    for (var target : mounts().reversed()) {
      left.add(target);
      host.mounts().unmount(target);
    }
    remove(folder, 0);
    return left;
  }

  /// Everything in it was made by us or by the driver for us; mounts are gone.
  private void remove(String path, int depth) {
    if (depth > 8 || links > 10_000) return;
    links++;
    var entry = host.files().look(path);
    if (entry.isEmpty()) return;
    if (entry.get().sort() != Sort.FOLDER) {
      host.files().removeFile(path);
      return;
    }
    for (var name : host.files().names(path)) remove(path + "/" + name, depth + 1);
    try {
      host.files().removeFolder(path);
    } catch (HostException busy) {
      if (!busy.is(Errno.EBUSY) && !busy.is(Errno.ENOTEMPTY)) throw busy;
    }
  }
}
