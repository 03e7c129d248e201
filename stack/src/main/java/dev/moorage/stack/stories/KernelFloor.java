package dev.moorage.stack.stories;

import dev.moorage.base.Bytes;
import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.LoopDevices.Options;
import java.time.Duration;
import java.util.List;

/// What the kernel alone needs from nothing to a mounted directory (allocate, loop device, mkfs,
/// mount, bind) and back, by direct calls, in the same pool and with the same sizes and options as
/// the volumes.
public final class KernelFloor {
  private final Host host;
  private final Tasks tasks;
  private final String pool;
  private final String folder;

  /// Makes ready to measure; nothing is done yet.
  ///
  /// @param pool an existing folder on the pool's filesystem
  /// @param folder an existing folder for mount points
  public KernelFloor(Host host, Tasks tasks, String pool, String folder) {
    this.host = host;
    this.tasks = tasks;
    this.pool = pool;
    this.folder = folder;
  }

  /// How long one round took.
  ///
  /// @param up from nothing to the mounted directory
  /// @param down from there to nothing
  public record Round(Duration up, Duration down) {}

  /// Does it once.
  public Round once(Bytes size) {
    var image = pool + "/floor.img";
    var global = folder + "/floor-global";
    var target = folder + "/floor-target";
    long start = tasks.nanos();
    host.files().allocate(image, size);
    var loop = host.loops().attach(image, Options.FENCED);
    host.filesystems().format(loop.device(), "xfs", List.of());
    host.files().makeFolder(global, 0750);
    host.mounts().mount(loop.device(), global, "xfs", List.of());
    host.files().makeFolder(target, 0750);
    host.mounts().bind(global, target, false);
    long mounted = tasks.nanos();
    host.mounts().unmount(target);
    host.mounts().unmount(global);
    host.loops().detach(loop.device());
    host.files().removeFile(image);
    host.files().removeFolder(target);
    host.files().removeFolder(global);
    return new Round(Duration.ofNanos(mounted - start), Duration.ofNanos(tasks.nanos() - mounted));
  }
}
