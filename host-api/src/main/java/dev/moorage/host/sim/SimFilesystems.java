package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.host.Filesystems;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class SimFilesystems implements Filesystems {
  private static final Map<String, Bytes> SMALLEST =
      Map.of("ext4", Bytes.mebi(1), "xfs", Bytes.mebi(300), "btrfs", Bytes.mebi(109));
  private static final int FILE_SECTOR_BYTES = 512;

  /// The kernel's own limit, though smaller ones can be made.
  private static final Bytes LEAST_GROWN_BTRFS = Bytes.mebi(256);

  private final Kernel kernel;
  private final Door door;

  SimFilesystems(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Optional<String> probe(String device) {
    return door.look("probe", device, () -> storage(device).file().content());
  }

  @Override
  public void format(String device, String type, List<String> options) {
    door.change("format", device, () -> formatNow(device, type, options));
  }

  private void formatNow(String device, String type, List<String> options) {
    var storage = storage(device);
    var smallest = SMALLEST.get(type);
    if (smallest == null)
      throw new HostException(Errno.EINVAL, "format " + device + ": unknown type " + type);
    if (storage.size().isBelow(smallest))
      throw new HostException(
          Errno.EINVAL,
          "format " + device + ": " + type + " needs " + smallest + ", not " + storage.size());
    if (kernel.isActive(storage.file().holds))
      throw new HostException(Errno.TOOL_FAILED, "format " + device + ": it is mounted");
    int sector = options.contains("size=4096") ? 4096 : storage.sectorBytes();
    storage.file().text = "";
    storage.file().ledger.clear();
    storage.file().holds = kernel.newFilesystem(type, storage.size(), sector, storage.filesystem());
    storage.filesystem().sync(); // mkfs ends with a sync
  }

  @Override
  public void check(String device, String type) {
    door.change(
        "check",
        device,
        () -> {
          var filesystem = held(device, type);
          if (type.equals("ext4")) filesystem.unreplayed = false;
        });
  }

  @Override
  public void grow(String device, String type, String mountPath) {
    door.change(
        "grow",
        device,
        () -> {
          var filesystem = held(device, type);
          boolean mounted = kernel.isActive(filesystem);
          if (type.equals("ext4") && mounted && !kernel.settings.ext4GrowsOnline())
            throw new HostException(
                Errno.EPERM, "grow " + device + ": this kernel grows ext4 unmounted only");
          if (!type.equals("ext4") && (!mounted || mountPath.isEmpty()))
            throw new HostException(
                Errno.EINVAL, "grow " + device + ": " + type + " grows mounted only");
          var size = storage(device).size();
          if (type.equals("btrfs") && size.isBelow(LEAST_GROWN_BTRFS))
            throw new HostException(
                Errno.EINVAL,
                "grow " + device + ": btrfs grows to " + LEAST_GROWN_BTRFS + " at least");
          filesystem.size = filesystem.size.max(size);
          filesystem.sync();
        });
  }

  @Override
  public void freeze(String mountPath) {
    door.change(
        "freeze",
        mountPath,
        () -> {
          var filesystem = kernel.at(mountPath).filesystem();
          if (filesystem.frozen)
            throw new HostException(Errno.EBUSY, "freeze " + mountPath + ": it is frozen already");
          filesystem.sync();
          filesystem.frozen = true;
        });
  }

  @Override
  public void thaw(String mountPath) {
    door.change(
        "thaw",
        mountPath,
        () -> {
          kernel.at(mountPath).filesystem().frozen = false;
        });
  }

  @Override
  public void renewId(String device, String type) {
    door.change(
        "renew id",
        device,
        () -> {
          var filesystem = held(device, type);
          if (kernel.isActive(filesystem))
            throw new HostException(Errno.TOOL_FAILED, "renew id of " + device + ": it is mounted");
          if (filesystem.unreplayed && !type.equals("ext4"))
            throw new HostException(
                Errno.TOOL_FAILED, "renew id of " + device + ": its journal is not replayed");
          filesystem.unreplayed = false;
          filesystem.renewId();
          filesystem.sync();
        });
  }

  @Override
  public Usage usage(String path) {
    return door.look(
        "usage",
        path,
        () -> {
          var filesystem = kernel.at(path).filesystem();
          return new Usage(
              filesystem.total(),
              filesystem.used(),
              filesystem.available(),
              filesystem.inodes(),
              filesystem.inodesUsed(),
              filesystem.inodes() - filesystem.inodesUsed());
        });
  }

  @Override
  public void sync(String path) {
    door.change("sync", path, () -> kernel.at(path).filesystem().sync());
  }

  private Filesystem held(String device, String type) {
    var filesystem = storage(device).file().holds;
    if (filesystem == null || !filesystem.type.equals(type))
      throw new HostException(Errno.EINVAL, device + " holds no " + type);
    return filesystem;
  }

  /// What is behind a device's or an image's path.
  private Storage storage(String path) {
    var place = kernel.at(path);
    return switch (place.node()) {
      case Node.File file -> new Storage(file, file.size, FILE_SECTOR_BYTES, place.filesystem());
      case Node.Device device ->
          kernel
              .loop(device)
              .map(loop ->
                  new Storage(
                      loop.image, loop.size, loop.options.sectorBytes(), loop.through.filesystem))
              .orElseThrow(() -> new HostException(Errno.ENXIO, path + " is not attached"));
      case Node.Socket _ -> throw new HostException(Errno.ENXIO, path + " is a socket");
      case Node.Folder _ -> throw new HostException(Errno.EISDIR, path + " is a folder");
    };
  }

  private record Storage(Node.File file, Bytes size, int sectorBytes, Filesystem filesystem) {}
}
