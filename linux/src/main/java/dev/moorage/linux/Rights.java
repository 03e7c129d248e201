package dev.moorage.linux;

import dev.moorage.base.Group;
import dev.moorage.host.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What this process may and may not do on this machine: tried, or read from the kernel; the user's
/// number says nothing (root in a container often may not mount).
///
/// @param missing what stops everything, each with the way to get it; empty when all is there
/// @param less what works in a lesser way
public record Rights(List<Missing> missing, List<Missing> less) {
  private static final int SYS_ADMIN = 21;
  private static final int SYS_RESOURCE = 24;
  private static final int MKNOD = 27;

  /// One thing that is not there.
  ///
  /// @param what the right or thing
  /// @param get how to get it
  public record Missing(String what, String get) {
    @Override
    public String toString() {
      return what + " (" + get + ")";
    }
  }

  public Rights {
    missing = List.copyOf(missing);
    less = List.copyOf(less);
  }

  /// Whether nothing is missing.
  public boolean suffice() {
    return missing.isEmpty();
  }

  /// Looks and tries; what is tried (one bind of a fresh folder on itself) is gone when this
  /// returns. On a machine without Linux it only says so.
  ///
  /// @param group whose lane the trial runs in
  public static Rights of(Group group) {
    if (!KernelFiles.exists("/proc/self/mountinfo")) {
      return new Rights(
          List.of(new Missing("Linux", "run this on a Linux machine, as root")), List.of());
    }
    var missing = new ArrayList<Missing>();
    capability(missing);
    mounting(group, missing);
    loopControl(missing);
    filesystem("xfs", missing);
    tool("mkfs.xfs", "xfsprogs", missing);
    tool("mkfs.ext4", "e2fsprogs", missing);
    tool("blkid", "util-linux", missing);
    tool("bwrap", "bubblewrap", missing);
    return new Rights(missing, lesser());
  }

  private static void capability(List<Missing> missing) {
    if (has(SYS_ADMIN)) return;
    missing.add(
        new Missing(
            "the capability CAP_SYS_ADMIN", "run as root, e.g. with sudo, outside a container"));
  }

  private static boolean has(int capability) {
    long all = capabilities(KernelFiles.text("/proc/self/status").orElse(""));
    return (all >>> capability & 1) == 1;
  }

  /// The effective capabilities, one bit each.
  static long capabilities(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("CapEff:"))
        .findFirst()
        .map(line -> Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16))
        .orElse(0L);
  }

  /// A filter or a security module may refuse what the capability allows, so it is tried.
  private static void mounting(Group group, List<Missing> missing) {
    if (!has(SYS_ADMIN)) return;
    try {
      var folder = Files.createTempDirectory("moorage-rights-");
      try {
        var mounts = new LinuxHost(group, Settings.DEFAULTS).mounts();
        mounts.bind(folder.toString(), folder.toString(), true);
        mounts.unmount(folder.toString());
      } finally {
        Files.delete(folder);
      }
    } catch (HostException | IOException refused) {
      missing.add(
          new Missing(
              "mounting: " + refused.getMessage(),
              "run outside a container, or in one that may mount"));
    }
  }

  private static void loopControl(List<Missing> missing) {
    var control = Path.of("/dev/loop-control");
    try (var _ = Files.newByteChannel(control, StandardOpenOption.READ)) {
      return;
    } catch (IOException refused) {
      missing.add(
          new Missing(
              "loop devices: " + Errnos.failure(refused, "opening " + control).getMessage(),
              "run as root on a kernel with loop devices: modprobe loop"));
    }
  }

  /// Built in, loaded, or a module that the first mount loads.
  private static void filesystem(String type, List<Missing> missing) {
    boolean known =
        KernelFiles.text("/proc/filesystems")
            .orElse("")
            .lines()
            .anyMatch(l -> l.endsWith("\t" + type));
    if (known || hasModule(type)) return;
    missing.add(
        new Missing(
            "the kernel's filesystem " + type, "use a kernel that has it, or its modules package"));
  }

  private static boolean hasModule(String type) {
    var release = KernelFiles.line("/proc/sys/kernel/osrelease").orElse("");
    return KernelFiles.text("/lib/modules/" + release + "/modules.dep")
        .filter(text -> text.contains("/" + type + ".ko"))
        .isPresent();
  }

  private static void tool(String tool, String debianPackage, List<Missing> missing) {
    if (Tools.find(tool).isPresent()) return;
    missing.add(new Missing("the tool " + tool, "apt install " + debianPackage));
  }

  private static List<Missing> lesser() {
    var less = new ArrayList<Missing>();
    if (!has(SYS_RESOURCE)) {
      less.add(
          new Missing(
              "the capability CAP_SYS_RESOURCE: ext4 cannot grow while it is mounted",
              "use xfs, or run with that capability"));
    }
    if (!has(MKNOD)) {
      less.add(
          new Missing(
              "the capability CAP_MKNOD: only loop devices whose node exists can be used",
              "run with that capability"));
    }
    return less;
  }
}
