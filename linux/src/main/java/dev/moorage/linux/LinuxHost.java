package dev.moorage.linux;

import dev.moorage.base.Group;
import dev.moorage.host.BlockDevices;
import dev.moorage.host.Files;
import dev.moorage.host.Filesystems;
import dev.moorage.host.Folders;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledgers;
import dev.moorage.host.LoopDevices;
import dev.moorage.host.Machine;
import dev.moorage.host.Mounts;
import dev.moorage.host.Processes;
import dev.moorage.host.Sandboxes;
import dev.moorage.host.Subvolumes;

/// This machine: every host word by the kernel itself.
///
/// All methods may be called from any task. What may block runs in the settings' lanes; a call that
/// takes longer than its fate allows is given up with ETIMEDOUT, and may still happen.
public final class LinuxHost implements Host {
  private final Kernel kernel;
  private final String bootId;
  private final Mounts mounts;
  private final LoopDevices loops;
  private final BlockDevices blockDevices;
  private final Filesystems filesystems;
  private final Subvolumes subvolumes;
  private final Files files;
  private final Ledgers ledgers;
  private final Folders folders;
  private final Sandboxes sandboxes;
  private final Processes processes;
  private final LinuxMachine machine;

  /// This machine, its calls in the lanes of a group.
  ///
  /// @param group whose lanes the calls run in; when it closes, calls end with
  ///   [dev.moorage.base.Stopped]
  /// @throws HostException ENOSYS when this is no Linux
  public LinuxHost(Group group, Settings settings) {
    bootId = bootIdOfThisMachine();
    kernel = new Kernel(group, settings);
    mounts = new LinuxMounts(kernel);
    loops = new LinuxLoopDevices(kernel);
    blockDevices = new LinuxBlockDevices(kernel);
    filesystems = new LinuxFilesystems(kernel);
    subvolumes = new LinuxSubvolumes(kernel);
    files = new LinuxFiles(kernel);
    ledgers = new LinuxLedgers(kernel);
    folders = new LinuxFolders(kernel);
    sandboxes = new LinuxSandboxes(kernel, bootId);
    processes = new LinuxProcesses(kernel);
    machine = new LinuxMachine(kernel);
  }

  private static String bootIdOfThisMachine() {
    return KernelFiles.line("/proc/sys/kernel/random/boot_id")
        .orElseThrow(() -> new HostException(Errno.ENOSYS, "this machine runs no Linux"));
  }

  @Override
  public Mounts mounts() {
    return mounts;
  }

  @Override
  public LoopDevices loops() {
    return loops;
  }

  @Override
  public BlockDevices blockDevices() {
    return blockDevices;
  }

  @Override
  public Filesystems filesystems() {
    return filesystems;
  }

  @Override
  public Subvolumes subvolumes() {
    return subvolumes;
  }

  @Override
  public Files files() {
    return files;
  }

  @Override
  public Ledgers ledgers() {
    return ledgers;
  }

  @Override
  public Folders folders() {
    return folders;
  }

  @Override
  public Sandboxes sandboxes() {
    return sandboxes;
  }

  @Override
  public Processes processes() {
    return processes;
  }

  @Override
  public Machine machine() {
    return machine.look(bootId);
  }

  @Override
  public String bootId() {
    return bootId;
  }
}
