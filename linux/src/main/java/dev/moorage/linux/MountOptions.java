package dev.moorage.linux;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Mount options as `mount -o` takes them, split as `mount(2)` wants them.
///
/// @param flags the kernel's own flags
/// @param data what is left for the filesystem, joined by commas
///
///   Source: `mount(8)`, "filesystem-independent mount options".
record MountOptions(long flags, String data) {
  /// The kernel takes one page.
  private static final int DATA_BYTES = 4095;

  private static final Map<String, Long> SETS =
      Map.ofEntries(
          Map.entry("ro", 0x1L),
          Map.entry("nosuid", 0x2L),
          Map.entry("nodev", 0x4L),
          Map.entry("noexec", 0x8L),
          Map.entry("sync", 0x10L),
          Map.entry("dirsync", 0x80L),
          Map.entry("noatime", 0x400L),
          Map.entry("nodiratime", 0x800L),
          Map.entry("silent", 0x8000L),
          Map.entry("relatime", 0x200000L),
          Map.entry("strictatime", 0x1000000L),
          Map.entry("lazytime", 0x2000000L));

  private static final Map<String, Long> CLEARS =
      Map.ofEntries(
          Map.entry("rw", 0x1L),
          Map.entry("suid", 0x2L),
          Map.entry("dev", 0x4L),
          Map.entry("exec", 0x8L),
          Map.entry("async", 0x10L),
          Map.entry("atime", 0x400L),
          Map.entry("diratime", 0x800L),
          Map.entry("loud", 0x8000L),
          Map.entry("norelatime", 0x200000L),
          Map.entry("nostrictatime", 0x1000000L),
          Map.entry("nolazytime", 0x2000000L));

  /// Meant for boot scripts and helpers; the kernel knows nothing of them.
  private static final Set<String> FOR_OTHERS =
      Set.of("defaults", "auto", "noauto", "_netdev", "nofail", "nouser", "");

  /// These would make the call another one.
  private static final Set<String> OTHER_CALLS =
      Set.of(
          "bind",
          "rbind",
          "move",
          "remount",
          "shared",
          "rshared",
          "private",
          "rprivate",
          "slave",
          "rslave",
          "unbindable",
          "runbindable",
          "loop",
          "user",
          "users",
          "owner",
          "group");

  /// Splits; one element may hold several options with commas between.
  ///
  /// @throws HostException EINVAL for an option that would make it another call, or for more than
  ///   the kernel takes
  static MountOptions of(List<String> options) {
    long flags = 0;
    var data = new ArrayList<String>();
    for (var element : options) {
      for (var option : element.split(",", -1)) {
        var word = option.strip();
        if (OTHER_CALLS.contains(word)) throw refused("mount option " + word + " is not taken");
        if (SETS.containsKey(word)) flags |= SETS.get(word);
        else if (CLEARS.containsKey(word)) flags &= ~CLEARS.get(word);
        else if (!isForOthers(word)) data.add(word);
      }
    }
    var joined = String.join(",", data);
    if (joined.length() > DATA_BYTES) {
      throw refused("mount options have " + joined.length() + " bytes, at most " + DATA_BYTES);
    }
    return new MountOptions(flags, joined);
  }

  private static boolean isForOthers(String word) {
    return FOR_OTHERS.contains(word) || word.startsWith("x-") || word.startsWith("X-");
  }

  private static HostException refused(String why) {
    return new HostException(Errno.EINVAL, why);
  }
}
