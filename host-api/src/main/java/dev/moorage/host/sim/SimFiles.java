package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.host.Files;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.sim.KernelMount.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

final class SimFiles implements Files {
  private static final Bytes READ_AT_MOST = Bytes.mebi(1);

  private static final long BLOCK_BYTES = 4096;

  /// Places are so far apart that no file reaches into the next one.
  private static final int PLACE_BITS = 44;

  private final Kernel kernel;
  private final Door door;

  SimFiles(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Optional<Entry> look(String path) {
    return door.look(
        "look",
        path,
        () -> {
          try {
            return kernel.find(path).map(place -> shown(place.node()));
          } catch (HostException noFolder) { // nothing can stand below a file
            return Optional.empty();
          }
        });
  }

  private static Entry shown(Node node) {
    return switch (node) {
      case Node.Folder _ -> new Entry(Sort.FOLDER, new Bytes(4096), new Bytes(4096));
      case Node.File file -> new Entry(Sort.FILE, file.size, file.allocated());
      case Node.Device _ -> new Entry(Sort.BLOCK_DEVICE, Bytes.ZERO, Bytes.ZERO);
      case Node.Socket _ -> new Entry(Sort.SOCKET, Bytes.ZERO, Bytes.ZERO);
    };
  }

  /// As `bind` does after a stale file was removed.
  void makeSocket(String path) {
    door.change(
        "bind socket",
        path,
        () -> {
          var parent = kernel.folderAt(Kernel.parentOf(path));
          if (Kernel.folder(parent).entries.get(Kernel.nameOf(path)) instanceof Node.Socket)
            remove(parent, Kernel.nameOf(path));
          add(parent, Kernel.nameOf(path), new Node.Socket());
        });
  }

  @Override
  public void makeFolder(String path, int mode) {
    door.change("make folder", path, () -> makeNow(path));
  }

  private void makeNow(String path) {
    var found = kernel.find(path);
    if (found.isPresent()) {
      if (found.get().node() instanceof Node.Folder) return;
      throw new HostException(Errno.EEXIST, "make folder " + path + ": something else is there");
    }
    String parent = Kernel.parentOf(path);
    if (kernel.find(parent).isEmpty()) makeNow(parent);
    add(kernel.folderAt(parent), Kernel.nameOf(path), new Node.Folder());
  }

  @Override
  public void removeFolder(String path) {
    door.change(
        "remove folder",
        path,
        () -> {
          var found = kernel.find(path);
          if (found.isEmpty()) return;
          var parent = kernel.folderAt(Kernel.parentOf(path));
          kernel.refuseCovered(parent, Kernel.nameOf(path));
          if (!(found.get().node() instanceof Node.Folder folder))
            throw new HostException(Errno.ENOTDIR, "remove folder " + path + ": no folder");
          if (!folder.entries.isEmpty())
            throw new HostException(Errno.ENOTEMPTY, "remove folder " + path + ": not empty");
          remove(parent, Kernel.nameOf(path));
        });
  }

  @Override
  public void removeFile(String path) {
    door.change(
        "remove file",
        path,
        () -> {
          var found = kernel.find(path);
          if (found.isEmpty()) return;
          var parent = kernel.folderAt(Kernel.parentOf(path));
          if (found.get().node() instanceof Node.Folder)
            throw new HostException(Errno.EISDIR, "remove file " + path + ": a folder");
          kernel.refuseCovered(parent, Kernel.nameOf(path));
          remove(parent, Kernel.nameOf(path));
        });
  }

  @Override
  public List<String> names(String folder) {
    return door.look(
        "names",
        folder,
        () -> {
          if (kernel.find(folder).isEmpty()) return List.of();
          return List.copyOf(Kernel.folder(kernel.folderAt(folder)).entries.keySet());
        });
  }

  @Override
  public void allocate(String path, Bytes size) {
    door.change(
        "allocate",
        path,
        () -> {
          var found = kernel.find(path);
          if (found.isEmpty()) allocateNew(path, size);
          else growTo(found.get(), size);
        });
  }

  private void allocateNew(String path, Bytes size) {
    var parent = kernel.folderAt(Kernel.parentOf(path));
    kernel.refuseReadOnly(parent);
    kernel.refuseFull(parent, size);
    var file = new Node.File();
    file.size = size;
    add(parent, Kernel.nameOf(path), file);
  }

  private void growTo(Place place, Bytes size) {
    var file = file(place);
    var larger = size.max(file.size);
    var more = larger.minusAtMost(file.size).plus(file.hole);
    if (more.equals(Bytes.ZERO)) return;
    kernel.refuseReadOnly(place);
    kernel.refuseFull(place, more);
    resize(place, file, larger, Bytes.ZERO);
  }

  @Override
  public void extend(String path, Bytes size) {
    door.change(
        "extend",
        path,
        () -> {
          if (kernel.find(path).isEmpty()) allocateNew(path, Bytes.ZERO);
          var place = kernel.at(path);
          var file = file(place);
          if (!size.isAbove(file.size)) return;
          kernel.refuseReadOnly(place);
          resize(place, file, size, file.hole.plus(size.minusAtMost(file.size)));
        });
  }

  private static void resize(Place place, Node.File file, Bytes size, Bytes hole) {
    var before = file.size;
    var holeBefore = file.hole;
    file.size = size;
    file.hole = hole;
    place
        .filesystem()
        .changed(() -> {
          file.size = before;
          file.hole = holeBefore;
        });
  }

  @Override
  public void clone(String from, String to) {
    door.change(
        "clone",
        to,
        () -> {
          var source = kernel.at(from);
          var type = source.filesystem().type;
          if (type.equals("ext4"))
            throw new HostException(Errno.EOPNOTSUPP, "clone " + from + ": " + type + " cannot");
          var parent = newPlace(from, to);
          if (parent.filesystem() != source.filesystem())
            throw new HostException(Errno.OTHER, "clone " + from + " to " + to + ": EXDEV");
          var twin = kernel.twin(file(source), parent.filesystem());
          kernel.share(file(source), twin);
          add(parent, Kernel.nameOf(to), twin);
        });
  }

  @Override
  public void copy(String from, String to) {
    door.change(
        "copy",
        to,
        () -> {
          var source = file(kernel.at(from));
          var parent = newPlace(from, to);
          kernel.refuseFull(parent, source.allocated());
          add(parent, Kernel.nameOf(to), kernel.twin(source, parent.filesystem()));
        });
  }

  private Place newPlace(String from, String to) {
    if (kernel.find(to).isPresent())
      throw new HostException(Errno.EEXIST, "make " + to + " from " + from + ": it is there");
    return kernel.folderAt(Kernel.parentOf(to));
  }

  /// A written file's content is in its first block: it moves with each change.
  @Override
  public List<Extent> extents(String path) {
    return door.look(
        "extents",
        path,
        () -> {
          var file = file(kernel.at(path));
          long all = file.allocated().count();
          if (all == 0) return List.of();
          long place = kernel.locate(file) << PLACE_BITS;
          if (!file.written()) return List.of(new Extent(0, all, place, false));
          long head = Math.min(all, BLOCK_BYTES);
          long change = file.holds == null ? 0 : file.holds.lastChange() << PLACE_BITS;
          var first = new Extent(0, head, change == 0 ? place : change, true);
          return all == head
              ? List.of(first)
              : List.of(first, new Extent(head, all - head, place + head, false));
        });
  }

  @Override
  public void write(String path, String text) {
    door.change(
        "write",
        path,
        () -> {
          var parent = kernel.folderAt(Kernel.parentOf(path));
          kernel.find(path).ifPresent(SimFiles::file);
          kernel.refuseCovered(parent, Kernel.nameOf(path));
          var file = new Node.File();
          file.text = text;
          file.size = new Bytes(text.getBytes(StandardCharsets.UTF_8).length);
          kernel.refuseReadOnly(parent);
          kernel.refuseFull(parent, file.allocated());
          add(parent, Kernel.nameOf(path), file);
          parent.filesystem().sync();
        });
  }

  @Override
  public Optional<String> read(String path) {
    return door.look("read", path, () -> kernel.find(path).map(place -> text(file(place), path)));
  }

  private static String text(Node.File file, String path) {
    if (file.size.isAbove(READ_AT_MOST))
      throw new HostException(Errno.EFBIG, "read " + path + ": larger than " + READ_AT_MOST);
    return file.text;
  }

  @Override
  public void move(String from, String to) {
    door.change(
        "move",
        to,
        () -> {
          var file = file(kernel.at(from));
          var oldParent = kernel.folderAt(Kernel.parentOf(from));
          var newParent = kernel.folderAt(Kernel.parentOf(to));
          kernel.find(to).ifPresent(SimFiles::file);
          if (oldParent.mount() != newParent.mount())
            throw new HostException(Errno.OTHER, "move " + from + " to " + to + ": EXDEV");
          kernel.refuseReadOnly(newParent);
          kernel.refuseCovered(oldParent, Kernel.nameOf(from));
          kernel.refuseCovered(newParent, Kernel.nameOf(to));
          remove(oldParent, Kernel.nameOf(from));
          add(newParent, Kernel.nameOf(to), file);
          for (var loop : kernel.loops) if (loop.image == file) loop.path = to;
          newParent.filesystem().sync();
        });
  }

  @Override
  public Optional<Lock> lock(String path) {
    return door.change(
        "lock",
        path,
        () -> {
          if (kernel.find(path).isEmpty()) allocateNew(path, Bytes.ZERO);
          var place = kernel.at(path);
          file(place);
          return kernel.lock(place).map(this::held);
        });
  }

  private Lock held(OpenFile opened) {
    return () -> door.change("unlock", opened.path(), () -> kernel.open.remove(opened));
  }

  private static Node.File file(Place place) {
    return switch (place.node()) {
      case Node.File file -> file;
      case Node.Folder _ -> throw new HostException(Errno.EISDIR, place.path() + " is a folder");
      case Node.Device _ -> throw new HostException(Errno.EINVAL, place.path() + " is a device");
      case Node.Socket _ -> throw new HostException(Errno.ENXIO, place.path() + " is a socket");
    };
  }

  /// Adds or replaces an entry; unsynced.
  private void add(Place parent, String name, Node node) {
    kernel.refuseReadOnly(parent);
    var folder = Kernel.folder(parent);
    var old = Optional.ofNullable(folder.entries.put(name, node));
    setLinked(old, false);
    setLinked(Optional.of(node), true);
    parent
        .filesystem()
        .changed(() -> {
          setLinked(Optional.of(node), false);
          folder.entries.remove(name);
          old.ifPresent(before -> folder.entries.put(name, before));
          setLinked(old, true);
        });
    kernel.entriesChanged(folder);
  }

  /// Removes an entry; unsynced.
  private void remove(Place parent, String name) {
    kernel.refuseReadOnly(parent);
    var folder = Kernel.folder(parent);
    var old = Optional.ofNullable(folder.entries.remove(name));
    setLinked(old, false);
    parent
        .filesystem()
        .changed(() -> {
          old.ifPresent(before -> folder.entries.put(name, before));
          setLinked(old, true);
        });
    kernel.entriesChanged(folder);
  }

  private static void setLinked(Optional<? extends Node> node, boolean linked) {
    node.ifPresent(changed -> {
      if (changed instanceof Node.File file) file.linked = linked;
    });
  }
}
