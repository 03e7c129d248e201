package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.host.Filesystems;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.linux.Settings.Fate;
import dev.moorage.linux.Tools.Said;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// xfs, ext4 and btrfs: made and repaired by their own tools, grown by the kernel's calls.
final class LinuxFilesystems implements Filesystems {
  private static final String XFS = "xfs";
  private static final String EXT4 = "ext4";
  private static final String BTRFS = "btrfs";
  private static final String XFS_TOOLS = "xfsprogs";
  private static final String EXT_TOOLS = "e2fsprogs";
  private static final String BTRFS_TOOLS = "btrfs-progs";

  /// All as their tools say.
  private static final Map<String, Bytes> LEAST =
      Map.of(XFS, Bytes.mebi(300), EXT4, Bytes.mebi(1), BTRFS, Bytes.mebi(109));

  /// Source: `linux/fs.h`.
  private static final long FIFREEZE = 0xc0045877L;

  private static final long FITHAW = 0xc0045878L;

  /// Never behind a call that waits for a frozen filesystem.
  private static final Fate THAWS = Fate.of("thaws", 4, Duration.ofMinutes(1));

  private static final Bytes SECTOR = new Bytes(4096);

  private final Kernel kernel;
  private final Tools tools;
  private final Fate mounts;

  LinuxFilesystems(Kernel kernel) {
    this.kernel = kernel;
    this.tools = new Tools(kernel);
    this.mounts = kernel.settings().mounts();
  }

  @Override
  public Optional<String> probe(String device) {
    kernel.look(mounts, "looking at " + device, calls -> calls.statFollowing(device));
    var blkid = Tools.path("blkid", "util-linux");
    var said = tools.run(List.of(blkid, "-p", "-o", "export", "--", device));
    var found = Signature.of(said.exitCode(), said.text());
    if (found.isEmpty() && said.exitCode() != Signature.NOTHING_FOUND) {
      throw failed("looking for a filesystem on " + device, said);
    }
    if (found.isPresent() && !found.get().equals(XFS)) return found;
    return kernel.look(
        mounts, "reading " + device, calls -> Superblocks.judge(calls, device, found));
  }

  @Override
  public void format(String device, String type, List<String> options) {
    var command = new ArrayList<String>();
    switch (type) {
      // Formatting a file before it is attached would give 512-byte sectors: the size is always
      // said.
      case XFS -> {
        command.add(Tools.path("mkfs.xfs", XFS_TOOLS));
        command.addAll(List.of("-q", "-f", "-K", "-s", "size=" + SECTOR.count()));
      }
      case EXT4 -> {
        command.add(Tools.path("mkfs.ext4", EXT_TOOLS));
        command.addAll(List.of("-q", "-F", "-m0", "-b", "4096", "-E", "nodiscard"));
      }
      case BTRFS -> {
        command.add(Tools.path("mkfs.btrfs", BTRFS_TOOLS));
        command.addAll(List.of("-q", "-f", "-K"));
      }
      default -> throw unknownType(type);
    }
    command.addAll(options);
    command.add(device);
    kernel.group().tasks().effect("format", device, () -> formatWith(command, device, type));
  }

  private void formatWith(List<String> command, String device, String type) {
    var least = LEAST.getOrDefault(type, Bytes.ZERO);
    var size = kernel.inLane(mounts, "reading the size of " + device, c -> size(c, device));
    if (size.isBelow(least)) {
      throw Errnos.failure(
          Errno.EINVAL.number(),
          "formatting " + device + " as " + type + ": it has " + size + ", at least " + least);
    }
    var said = tools.run(command);
    if (said.exitCode() != 0) throw failed("formatting " + device + " as " + type, said);
  }

  private static Bytes size(Syscalls calls, String device) {
    try (var open = calls.openFollowing(device, Syscalls.O_RDONLY)) {
      return Superblocks.size(calls, open);
    }
  }

  @Override
  public void check(String device, String type) {
    switch (type) {
      // Mounting replays the log; these two have nothing else to do before a mount.
      case XFS, BTRFS -> {}
      case EXT4 ->
          kernel.group().tasks().effect("check", device, () -> checkExt4(device, List.of("-p")));
      default -> throw unknownType(type);
    }
  }

  /// Exit codes are bits: 1 and 2 say "repaired", 4 "errors remain", 8 and more "did not work".
  ///
  /// Source: `e2fsck(8)`.
  private void checkExt4(String device, List<String> how) {
    var command = new ArrayList<String>();
    command.add(Tools.path("e2fsck", EXT_TOOLS));
    command.addAll(how);
    command.add(device);
    var said = tools.run(command);
    if (said.exitCode() < 0 || said.exitCode() >= 8) throw failed("checking " + device, said);
    if (said.exitCode() >= 4) {
      throw Errnos.failure(
          Errno.EIO.number(), "checking " + device + ": errors remain: " + said.lastLine());
    }
  }

  @Override
  public void grow(String device, String type, String mountPath) {
    kernel.group().tasks().effect("grow", device, () -> growNow(device, type, mountPath));
  }

  private void growNow(String device, String type, String mountPath) {
    switch (type) {
      case XFS -> growXfs(device, mountPath);
      case EXT4 -> growExt4(device, mountPath);
      case BTRFS -> {
        refuseUnmounted(device, BTRFS, mountPath);
        kernel.inLane(mounts, "growing " + device, calls -> Growth.btrfs(calls, mountPath));
      }
      default -> throw unknownType(type);
    }
  }

  private void growXfs(String device, String mountPath) {
    refuseUnmounted(device, XFS, mountPath);
    kernel.inLane(mounts, "growing " + device, calls -> Growth.xfs(calls, device, mountPath));
  }

  private static void refuseUnmounted(String device, String type, String mountPath) {
    if (!mountPath.isEmpty()) return;
    throw Errnos.failure(
        Errno.EINVAL.number(),
        "growing " + device + ": " + type + " grows only while it is mounted");
  }

  private void growExt4(String device, String mountPath) {
    if (mountPath.isEmpty()) growUnmountedExt4(device);
    else {
      kernel.inLane(mounts, "growing " + device, calls -> Growth.ext4(calls, device, mountPath));
    }
  }

  private void growUnmountedExt4(String device) {
    boolean fits = kernel.inLane(mounts, "reading " + device, c -> Growth.ext4Fits(c, device));
    if (fits) return;
    checkExt4(device, List.of("-f", "-p"));
    var said = tools.run(List.of(Tools.path("resize2fs", EXT_TOOLS), device));
    if (said.exitCode() != 0) throw failed("growing " + device, said);
  }

  @Override
  public void freeze(String mountPath) {
    kernel.changeOnly(
        mounts,
        "freeze",
        mountPath,
        calls -> {
          try (var open = calls.open(mountPath, Syscalls.O_RDONLY, 0)) {
            calls.ioctl(open, "freezing", FIFREEZE, 0);
          }
        });
  }

  @Override
  public void thaw(String mountPath) {
    kernel.changeOnly(THAWS, "thaw", mountPath, calls -> thaw(calls, mountPath));
  }

  private static void thaw(Syscalls calls, String mountPath) {
    try (var open = calls.open(mountPath, Syscalls.O_RDONLY, 0)) {
      calls.ioctl(open, "thawing", FITHAW, 0);
    } catch (HostException refused) {
      if (!refused.is(Errno.EINVAL)) throw refused; // it is not frozen
    }
  }

  @Override
  public void renewId(String device, String type) {
    kernel.group().tasks().effect("renew id", device, () -> renewIdNow(device, type));
  }

  private void renewIdNow(String device, String type) {
    switch (type) {
      case XFS -> {
        var said = renewIdBy(device, Tools.path("xfs_admin", XFS_TOOLS), "-U", "generate");
        // It ends with 0 whatever happened, even where it refused because of the log.
        if (!said.text().contains("new UUID")) throw refusedId(device, said);
      }
      case EXT4 -> {
        checkExt4(device, List.of("-f", "-p"));
        var _ = renewIdBy(device, Tools.path("tune2fs", EXT_TOOLS), "-f", "-U", "random");
      }
      case BTRFS -> {
        var _ = renewIdBy(device, Tools.path("btrfstune", BTRFS_TOOLS), "-f", "-u");
      }
      default -> throw unknownType(type);
    }
  }

  private Said renewIdBy(String device, String... tool) {
    var command = new ArrayList<>(List.of(tool));
    command.add(device);
    var said = tools.run(command);
    if (said.exitCode() != 0) throw refusedId(device, said);
    return said;
  }

  private static HostException refusedId(String device, Said said) {
    return failed("giving " + device + " an id of its own", said);
  }

  @Override
  public Usage usage(String path) {
    return kernel.look(mounts, "asking how full " + path + " is", calls -> usage(calls, path));
  }

  private static Usage usage(Syscalls calls, String path) {
    var seen = calls.statFs(path);
    long block = seen.blockSize();
    return new Usage(
        new Bytes(seen.blocks() * block),
        new Bytes((seen.blocks() - seen.free()) * block),
        new Bytes(seen.available() * block),
        seen.inodes(),
        seen.inodes() - seen.inodesFree(),
        seen.inodesFree());
  }

  @Override
  public void sync(String path) {
    kernel.changeOnly(
        mounts,
        "sync",
        path,
        calls -> {
          try (var open = calls.open(path, Syscalls.O_RDONLY | Syscalls.O_NONBLOCK, 0)) {
            calls.syncFilesystem(open);
          }
        });
  }

  private static HostException failed(String tried, Said said) {
    return new HostException(
        Errno.TOOL_FAILED, tried + ": exit code " + said.exitCode() + ": " + said.lastLine());
  }

  private static HostException unknownType(String type) {
    return Errnos.failure(
        Errno.EINVAL.number(), "filesystem type " + type + " is none of xfs, ext4, btrfs");
  }
}
