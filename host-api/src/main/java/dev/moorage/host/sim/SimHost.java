package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.host.BlockDevices;
import dev.moorage.host.Files;
import dev.moorage.host.Filesystems;
import dev.moorage.host.Folders;
import dev.moorage.host.Host;
import dev.moorage.host.Ledgers;
import dev.moorage.host.LoopDevices;
import dev.moorage.host.Machine;
import dev.moorage.host.Mounts;
import dev.moorage.host.Processes;
import dev.moorage.host.Sandboxes;
import dev.moorage.host.Subvolumes;
import java.util.List;

/// One simulated node's kernel. Every change is one outside effect of the calling task; calls from
/// outside a run (set-up, checks) act at once.
///
/// At the start there are the folders `/dev`, `/run`, `/tmp`, `/usr/bin` and `/var/lib` on one ext4
/// disk.
public final class SimHost implements Host {
  private final Kernel kernel;
  private final Faults faults;
  private final Door door;
  private final Mounts mounts;
  private final LoopDevices loops;
  private final BlockDevices blockDevices;
  private final Filesystems filesystems;
  private final Subvolumes subvolumes;
  private final SimFiles files;
  private final SimLedgers ledgers;
  private final Folders folders;
  private final Sandboxes sandboxes;
  private final Processes processes;

  /// @param node the node's name, for its boot ids
  public SimHost(SimTasks tasks, String node, Settings settings) {
    this.kernel = new Kernel(tasks, node, settings);
    this.faults = new Faults(tasks);
    this.door = new Door(tasks, faults);
    this.mounts = new SimMounts(kernel, door);
    this.loops = new SimLoopDevices(kernel, door);
    this.blockDevices = new SimBlockDevices(kernel, door);
    this.filesystems = new SimFilesystems(kernel, door);
    this.subvolumes = new SimSubvolumes(kernel, door);
    this.files = new SimFiles(kernel, door);
    this.ledgers = new SimLedgers(kernel, door);
    this.folders = new SimFolders(kernel, door);
    this.sandboxes = new SimSandboxes(kernel, door);
    this.processes = new SimProcesses(kernel, door);
  }

  /// What sort of machine it is.
  ///
  /// @param disk size of its one disk
  /// @param ext4GrowsOnline whether its kernel grows a mounted ext4 (else EPERM, as without
  ///   CAP_SYS_RESOURCE)
  /// @param directIo whether loop devices use direct I/O
  public record Settings(Bytes disk, boolean ext4GrowsOnline, boolean directIo) {
    /// A disk of 64 GiB, no online growth of ext4, direct I/O.
    public static Settings usual() {
      return new Settings(Bytes.gibi(64), false, true);
    }

    /// The same with another disk.
    public Settings withDisk(Bytes size) {
      return new Settings(size, ext4GrowsOnline, directIo);
    }
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

  SimLedgers simLedgers() {
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
    return door.look("machine", "", kernel::machine);
  }

  @Override
  public String bootId() {
    return door.look("boot id", "", kernel::bootId);
  }

  /// Shows a socket's file, as binding one does; a stale one is replaced.
  public void makeSocket(String path) {
    files.makeSocket(path);
  }

  /// Removes a socket's file.
  public void removeSocket(String path) {
    files.removeFile(path);
  }

  /// Failures to come.
  public Faults faults() {
    return faults;
  }

  /// Cuts the node's power and boots it again: mounts, devices, processes, locks and whatever was
  /// not synced are gone, the boot id is new. Kill the groups that ran on it first.
  public void powerCut() {
    kernel.powerCut();
  }

  /// Everything there is, one line each, sorted: `mount`, `loop`, `lock`, `process`, `file`,
  /// `folder` and the entries of each `ledger`. Two equal inventories mean that nothing is left.
  public List<String> inventory() {
    return new Inventory(kernel).lines();
  }
}
