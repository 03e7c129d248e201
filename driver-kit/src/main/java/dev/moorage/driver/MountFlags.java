package dev.moorage.driver;

import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import java.util.List;

/// Mount flags from outside: only options of the filesystem, none that change what is mounted.
final class MountFlags {
  /// They would mount something else than this device at this path.
  private static final List<String> NEVER =
      List.of(
          "bind",
          "rbind",
          "move",
          "remount",
          "loop",
          "offset",
          "shared",
          "rshared",
          "slave",
          "rslave",
          "private",
          "rprivate",
          "unbindable",
          "runbindable",
          "logdev",
          "rtdev",
          "journal_dev",
          "journal_path");

  private static final int MOST_BYTES = 4096;

  private MountFlags() {}

  /// Why these flags cannot be used; empty when they can. Flags may be sensitive: none is shown.
  static String refusal(List<String> flags) {
    int bytes = 0;
    for (int i = 0; i < flags.size(); i++) {
      var flag = flags.get(i);
      bytes += Limits.bytes(flag);
      if (bytes > MOST_BYTES) return "the mount flags exceed " + MOST_BYTES + " bytes";
      if (!allowed(flag))
        return "mount flag " + (i + 1) + " of " + flags.size() + " is not allowed";
    }
    return "";
  }

  private static boolean allowed(String flag) {
    var name = flag.contains("=") ? flag.substring(0, flag.indexOf('=')) : flag;
    return !name.isEmpty()
        && flag.indexOf(',') < 0
        && !Limits.hasControls(flag)
        && !NEVER.contains(name);
  }

  /// The flags that a capability asks for; none for a raw block device.
  static List<String> of(VolumeCapability capability) {
    return capability.access() instanceof Access.Mount mount ? mount.flags() : List.of();
  }

  /// A hash of them, to compare later without keeping what may be sensitive.
  static String hash(VolumeCapability capability) {
    return VolumeIds.sha256(String.join("\0", of(capability)));
  }

  /// Whether they ask for a read-only mount.
  static boolean readOnly(VolumeCapability capability) {
    return capability.mode().readOnly() || readOnly(of(capability));
  }

  /// Whether a bind of a folder can obey them: it has no filesystem's options.
  static boolean fitFolder(VolumeCapability capability) {
    return List.of("ro", "rw").containsAll(of(capability));
  }

  /// Whether they ask for a read-only mount.
  static boolean readOnly(List<String> flags) {
    return flags.contains("ro");
  }
}
