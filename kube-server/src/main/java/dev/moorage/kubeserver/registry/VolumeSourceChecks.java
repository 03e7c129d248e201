package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Tree;
import java.util.Arrays;

/// What holds for sources of volumes wherever they stand: in pods and in PersistentVolumes.
final class VolumeSourceChecks {
  private VolumeSourceChecks() {}

  static void hostPath(String field, Tree source, Problems problems) {
    path(field + ".path", source.text("path"), problems);
    problems.supported(
        field + ".type",
        source.text("type"),
        "",
        "BlockDevice",
        "CharDevice",
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket");
  }

  private static void path(String field, String path, Problems problems) {
    problems.requiredUnless(!path.isEmpty(), field);
    noWayUp(field, path, problems);
  }

  /// A path that stays where it is put.
  static void noWayUp(String field, String path, Problems problems) {
    if (Arrays.asList(path.split("/", -1)).contains(".."))
      problems.invalid(field, path, "must not contain '..'");
  }

  static void nfs(String field, Tree source, Problems problems) {
    problems.requiredUnless(!source.text("server").isEmpty(), field + ".server");
    var path = source.text("path");
    problems.requiredUnless(!path.isEmpty(), field + ".path");
    if (!path.startsWith("/")) problems.invalid(field + ".path", path, "must be an absolute path");
  }
}
