package dev.moorage.host.sim;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One mount: the part of a filesystem that is shown over a node of another mount.
final class KernelMount {
  final Filesystem filesystem;
  final Node root;
  final String rootPath;
  final String target;
  final String source;
  final String device;
  final boolean readOnly;
  final @Nullable KernelMount parent; // none for the first mount and inside sandboxes
  final @Nullable Node covers;
  boolean shared;

  /// The first mount of a filesystem.
  KernelMount(
      Filesystem filesystem, String source, String device, boolean readOnly, @Nullable Place on) {
    this(
        new Place(null, filesystem.root, "/", on == null ? "/" : on.path()),
        filesystem,
        source,
        device,
        readOnly,
        on);
  }

  private KernelMount(
      Place shown,
      Filesystem filesystem,
      String source,
      String device,
      boolean readOnly,
      @Nullable Place on) {
    this.filesystem = filesystem;
    this.root = shown.node();
    this.rootPath = shown.inFilesystem();
    this.target = shown.path();
    this.source = source;
    this.device = device;
    this.readOnly = readOnly;
    this.parent = on == null ? null : on.mount();
    this.covers = on == null ? null : on.node();
  }

  /// Another mount that shows a place of this one.
  KernelMount bind(Place shown, String target, boolean readOnly, @Nullable Place on) {
    var there = new Place(this, shown.node(), shown.inFilesystem(), target);
    return new KernelMount(there, filesystem, source, device, this.readOnly || readOnly, on);
  }

  /// Where a path leads.
  ///
  /// @param mount through which mount it is seen
  /// @param inFilesystem the path within the mount's filesystem
  /// @param path the path on the host
  record Place(@Nullable KernelMount mount, Node node, String inFilesystem, String path) {

    private static final Node GONE = new Node.Socket();

    KernelMount through() {
      if (mount == null) throw new IllegalStateException(path + " is seen through no mount");
      return mount;
    }

    Filesystem filesystem() {
      return through().filesystem;
    }

    /// The innermost subvolume that it is in, or is itself.
    Optional<Node.Folder> subvolume() {
      var innermost = Optional.<Node.Folder>empty();
      Node at = filesystem().root;
      for (String name : inFilesystem.split("/", -1)) {
        if (name.isEmpty()) continue;
        if (!(at instanceof Node.Folder folder)) break;
        at = folder.entries.getOrDefault(name, GONE);
        if (at instanceof Node.Folder below && below.subvolume != null)
          innermost = Optional.of(below);
      }
      return innermost;
    }
  }
}
