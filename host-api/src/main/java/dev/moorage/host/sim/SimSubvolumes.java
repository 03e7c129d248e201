package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Subvolumes;
import dev.moorage.host.sim.KernelMount.Place;

final class SimSubvolumes implements Subvolumes {
  private static final Node.Subvolume UNLIMITED = new Node.Subvolume(Bytes.ZERO, false);

  private final Kernel kernel;
  private final Door door;

  SimSubvolumes(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public void enableQuota(String mountPath) {
    door.change(
        "enable quota",
        mountPath,
        () -> {
          var filesystem = btrfs(kernel.folderAt(mountPath)).filesystem();
          if (filesystem.quota) return;
          filesystem.quota = true;
          filesystem.changed(() -> filesystem.quota = false);
        });
  }

  @Override
  public boolean exists(String path) {
    return door.look(
        "subvolume",
        path,
        () ->
            kernel
                .find(path)
                .filter(place -> place.node() instanceof Node.Folder folder && isOne(folder))
                .isPresent());
  }

  private static boolean isOne(Node.Folder folder) {
    return folder.subvolume != null;
  }

  @Override
  public void create(String path) {
    door.change("create subvolume", path, () -> add(path, new Node.Folder(), UNLIMITED));
  }

  @Override
  public void snapshot(String from, String to, boolean readOnly) {
    door.change(
        "snapshot",
        to,
        () -> {
          var source = subvolume(from);
          var copy = (Node.Folder) copy(source, kernel.at(from).filesystem());
          add(to, copy, new Node.Subvolume(source.limit(), readOnly));
        });
  }

  private Node copy(Node node, Filesystem filesystem) {
    return switch (node) {
      case Node.Folder folder -> {
        var copy = new Node.Folder();
        folder.entries.forEach(
            (name, entry) -> copy.entries.put(name, copyInside(entry, filesystem)));
        yield copy;
      }
      case Node.File file -> {
        var twin = kernel.twin(file, filesystem);
        kernel.share(file, twin);
        yield twin;
      }
      case Node.Device device -> device;
      case Node.Socket socket -> socket;
    };
  }

  private Node copyInside(Node node, Filesystem filesystem) {
    return node instanceof Node.Folder folder && isOne(folder)
        ? new Node.Folder()
        : copy(node, filesystem);
  }

  private void add(String path, Node.Folder made, Node.Subvolume settings) {
    var parent = btrfs(kernel.folderAt(Kernel.parentOf(path)));
    kernel.refuseReadOnly(parent);
    if (kernel.find(path).isPresent())
      throw new HostException(Errno.EEXIST, "subvolume " + path + ": something is there");
    made.subvolume = settings;
    var name = Kernel.nameOf(path);
    var folder = Kernel.folder(parent);
    folder.entries.put(name, made);
    parent.filesystem().changed(() -> folder.entries.remove(name));
    kernel.entriesChanged(folder);
  }

  @Override
  public void limit(String path, Bytes size) {
    door.change(
        "limit",
        path,
        () -> {
          var folder = subvolume(path);
          var before = folder.subvolume;
          folder.subvolume = new Node.Subvolume(size, folder.readOnlySubvolume());
          kernel.at(path).filesystem().changed(() -> folder.subvolume = before);
        });
  }

  @Override
  public Usage usage(String path) {
    return door.look(
        "subvolume usage",
        path,
        () -> {
          var folder = subvolume(path);
          return new Usage(Filesystem.referredBy(folder), folder.limit(), inside(folder));
        });
  }

  private static int inside(Node.Folder folder) {
    int inside = 0;
    for (var entry : folder.entries.values())
      if (entry instanceof Node.Folder below) inside += inside(below) + (isOne(below) ? 1 : 0);
    return inside;
  }

  @Override
  public void delete(String path) {
    door.change(
        "delete subvolume",
        path,
        () -> {
          var found = kernel.find(path);
          if (found.isEmpty()) return;
          var gone = subvolume(path);
          var parent = kernel.folderAt(Kernel.parentOf(path));
          var name = Kernel.nameOf(path);
          kernel.refuseReadOnly(parent);
          kernel.refuseCovered(parent, name);
          var folder = Kernel.folder(parent);
          folder.entries.remove(name);
          parent.filesystem().changed(() -> folder.entries.put(name, gone));
          parent.filesystem().sync();
          kernel.entriesChanged(folder);
        });
  }

  private Node.Folder subvolume(String path) {
    if (btrfs(kernel.at(path)).node() instanceof Node.Folder folder && isOne(folder)) return folder;
    throw new HostException(Errno.EINVAL, path + " is no subvolume");
  }

  private static Place btrfs(Place place) {
    if (place.filesystem().type.equals("btrfs")) return place;
    throw new HostException(Errno.EOPNOTSUPP, place.path() + " is not on a btrfs");
  }
}
