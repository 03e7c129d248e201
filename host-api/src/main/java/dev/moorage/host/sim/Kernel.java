package dev.moorage.host.sim;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Machine;
import dev.moorage.host.sim.KernelMount.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that a simulated kernel knows. Touched by one task at a time.
final class Kernel {
  final SimTasks tasks;
  final SimHost.Settings settings;
  final List<KernelMount> mounts = new ArrayList<>();
  final List<LoopDevice> loops = new ArrayList<>();
  final List<OpenFile> open = new ArrayList<>();
  final List<SimWatch> watches = new ArrayList<>();
  final List<SimProcess> processes = new ArrayList<>();
  final Stamps stamps = new Stamps();
  private final List<Filesystem> filesystems = new ArrayList<>();
  private final Filesystem disk;
  private final String node;
  private int boots = 1;

  Kernel(SimTasks tasks, String node, SimHost.Settings settings) {
    this.tasks = tasks;
    this.node = node;
    this.settings = settings;
    this.disk = newFilesystem("ext4", settings.disk(), 512, null);
    mounts.add(new KernelMount(disk, "/dev/disk", "254:0", false, null));
    for (String path : List.of("/dev", "/run", "/tmp", "/usr/bin", "/var/lib")) makeFolders(path);
  }

  private void makeFolders(String path) {
    var folder = disk.root;
    for (String name : path.split("/", -1))
      if (!name.isEmpty())
        folder = (Node.Folder) folder.entries.computeIfAbsent(name, missing -> new Node.Folder());
  }

  String bootId() {
    return "boot-" + node + "-" + boots;
  }

  Machine machine() {
    return new Machine(
        "amd64",
        "linux",
        "6.1.0-simulated",
        "Simulated Linux",
        new Machine.Ids("machine-" + node, "system-" + node, bootId()),
        "simulated://1",
        new Machine.Room(4, Bytes.gibi(8)));
  }

  Filesystem newFilesystem(String type, Bytes size, int sector, @Nullable Filesystem below) {
    var made = new Filesystem(type, size, sector, below, stamps);
    filesystems.add(made);
    return made;
  }

  /// A file with the same content.
  ///
  /// @param below the filesystem that will hold it
  Node.File twin(Node.File source, Filesystem below) {
    var twin = new Node.File();
    twin.text = source.text;
    twin.size = source.size;
    twin.hole = source.hole;
    twin.ledger = new ArrayList<>(source.ledger);
    if (source.holds != null) twin.holds = twin(source.holds, below);
    return twin;
  }

  private Filesystem twin(Filesystem source, Filesystem below) {
    var twin = newFilesystem(source.type, source.size, source.sectorBytes, below);
    for (var entry : source.root.entries.entrySet())
      twin.root.entries.put(entry.getKey(), twin(entry.getValue(), twin));
    twin.quota = source.quota;
    twin.becomeLike(source, isActive(source));
    return twin;
  }

  private Node twin(Node source, Filesystem below) {
    return switch (source) {
      case Node.File file -> twin(file, below);
      case Node.Folder folder -> {
        var twin = new Node.Folder();
        twin.subvolume = folder.subvolume;
        for (var entry : folder.entries.entrySet())
          twin.entries.put(entry.getKey(), twin(entry.getValue(), below));
        yield twin;
      }
      case Node.Device device -> device;
      case Node.Socket socket -> socket;
    };
  }

  /// Lets two files share all blocks that one of them has.
  void share(Node.File source, Node.File twin) {
    locate(source);
    if (!source.blocks.shared().equals(source.allocated()))
      source.blocks = new Node.Blocks(source.blocks.place(), source.allocated());
    twin.blocks = source.blocks;
  }

  /// Where a file's blocks are.
  long locate(Node.File file) {
    if (file.blocks.place() == 0)
      file.blocks = new Node.Blocks(stamps.next(), file.blocks.shared());
    return file.blocks.place();
  }

  /// Where a path leads, if anything stands there.
  ///
  /// @throws HostException ENOTDIR when a part before the last is no folder
  Optional<Place> find(String path) {
    if (!path.startsWith("/")) throw new IllegalArgumentException("not an absolute path: " + path);
    var place = topmost(new Place(null, disk.root, "/", "/"));
    for (String name : path.split("/", -1)) {
      if (name.isEmpty()) continue;
      if (!(place.node() instanceof Node.Folder folder))
        throw new HostException(Errno.ENOTDIR, path + ": " + place.path() + " is no folder");
      var node = folder.entries.get(name);
      if (node == null) return Optional.empty();
      place = topmost(below(place, name, node));
    }
    return Optional.of(place);
  }

  /// Where a path leads.
  ///
  /// @throws HostException ENOENT or ENOTDIR when there is nothing
  Place at(String path) {
    return find(path).orElseThrow(() -> missing(path));
  }

  /// The folder at a path.
  Place folderAt(String path) {
    var place = at(path);
    if (!(place.node() instanceof Node.Folder))
      throw new HostException(Errno.ENOTDIR, path + " is no folder");
    return place;
  }

  static Node.Folder folder(Place place) {
    return (Node.Folder) place.node();
  }

  static String parentOf(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static HostException missing(String path) {
    return new HostException(Errno.ENOENT, path + " is not there");
  }

  static Place below(Place folder, String name, Node node) {
    String separator = folder.inFilesystem().equals("/") ? "" : "/";
    String parent = folder.path().equals("/") ? "" : folder.path();
    return new Place(
        folder.mount(), node, folder.inFilesystem() + separator + name, parent + "/" + name);
  }

  private Place topmost(Place place) {
    var seen = place;
    for (var over = over(seen); over != null; over = over(seen))
      seen = new Place(over, over.root, over.rootPath, place.path());
    return seen;
  }

  @SuppressWarnings("ReferenceEquality") // this very node under this very mount
  private @Nullable KernelMount over(Place place) {
    for (var mount : mounts)
      if (mount.parent == place.mount() && (mount.covers == place.node() || mount.covers == null))
        return mount;
    return null;
  }

  /// Whether something is mounted over a node, however it is reached.
  @SuppressWarnings("ReferenceEquality")
  boolean isCovered(Node node) {
    return mounts.stream().anyMatch(mount -> mount.covers == node);
  }

  boolean isBusy(KernelMount mount) {
    return mounts.stream().anyMatch(other -> other.parent == mount)
        || open.stream().anyMatch(file -> file.through() == mount)
        || loops.stream().anyMatch(loop -> loop.through == mount);
  }

  /// Whether a filesystem is in use, by a mount or in a sandbox.
  boolean isActive(@Nullable Filesystem filesystem) {
    return filesystem != null
        && (filesystem.frozen // its superblock lives on when its last mount is gone
            || mounts.stream().anyMatch(mount -> mount.filesystem == filesystem)
            || processes.stream().anyMatch(process -> process.holds(filesystem)));
  }

  void refuseReadOnly(Place place) {
    if (place.through().readOnly)
      throw new HostException(Errno.EROFS, place.path() + " is shown read-only");
    if (place.subvolume().stream().anyMatch(Node.Folder::readOnlySubvolume))
      throw new HostException(Errno.EROFS, place.path() + " is in a read-only subvolume");
    if (place.filesystem().frozen)
      throw new HostException(
          Errno.EBUSY, place.path() + " is frozen: in a real kernel this waits");
  }

  void refuseCovered(Place folder, String name) {
    var node = folder(folder).entries.get(name);
    if (node != null && isCovered(node))
      throw new HostException(Errno.EBUSY, "something is mounted on " + folder.path() + "/" + name);
  }

  /// Refuses what does not fit; a removed image that is still attached keeps its room.
  void refuseFull(Place place, Bytes more) {
    refuseOverQuota(place, more);
    var filesystem = place.filesystem();
    var hidden =
        loops.stream()
            .filter(loop -> !loop.image.linked && loop.through.filesystem == filesystem)
            .map(loop -> loop.image.allocated())
            .reduce(Bytes.ZERO, Bytes::plus);
    var room = filesystem.available().minusAtMost(hidden);
    if (more.isAbove(room))
      throw new HostException(
          Errno.ENOSPC, "no room for " + more + " at " + place.path() + ", there is " + room);
  }

  private static void refuseOverQuota(Place place, Bytes more) {
    if (!place.filesystem().quota) return;
    var around = place.subvolume();
    var limit = around.map(Node.Folder::limit).orElse(Bytes.ZERO);
    if (limit.isZero()) return;
    var wanted = around.map(Filesystem::ownOf).orElse(Bytes.ZERO).plus(more);
    if (wanted.isAbove(limit))
      throw new HostException(
          Errno.EDQUOT, place.path() + ": " + wanted + " in a subvolume that may have " + limit);
  }

  Optional<LoopDevice> loop(Node.Device device) {
    return loops.stream().filter(loop -> loop.node.equals(device)).findFirst();
  }

  boolean isLocked(Node.File file) {
    return open.stream().anyMatch(other -> other.file() == file)
        || loops.stream().anyMatch(loop -> loop.image == file && loop.options.lock());
  }

  /// Opens and locks a file for the calling program; its death closes it.
  Optional<OpenFile> lock(Place place) {
    var file = (Node.File) place.node();
    if (isLocked(file)) return Optional.empty();
    var opened =
        new OpenFile(
            file, place.through(), place.path(), tasks.current().map(Group::name).orElse(""));
    open.add(opened);
    tasks.current().ifPresent(group -> tasks.onDeath(group, () -> open.remove(opened)));
    return Optional.of(opened);
  }

  /// Tells those who watch a folder.
  void entriesChanged(Node.Folder folder) {
    for (var watch : watches) watch.changed(folder);
  }

  void powerCut() {
    boots++;
    mounts.forEach(mount -> mount.filesystem.unreplayed = true);
    filesystems.forEach(filesystem -> filesystem.frozen = false);
    processes.forEach(SimProcess::losePower);
    watches.clear();
    open.clear();
    loops.clear();
    mounts.subList(1, mounts.size()).clear();
    filesystems.reversed().forEach(Filesystem::losePower);
    if (disk.root.entries.get("dev") instanceof Node.Folder devices) devices.entries.clear();
  }
}
