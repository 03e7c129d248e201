package dev.moorage.cli.demo;

import dev.moorage.base.Entropy;
import dev.moorage.base.Group;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.live.Remains;
import dev.moorage.host.Files.Entry;
import dev.moorage.host.Files.Lock;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.nodeagent.NodeAgent;
import dev.moorage.nodeagent.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The throw-away folder of one demo run, and the clearing of what a run left, whether it ended or
/// was killed.
///
/// The folder's name is the run's id; it holds a locked file from before the first mount until the
/// end, so that a later run can tell a dead one from one that is still busy: the kernel frees the
/// lock with its process. Whoever has a `RunFolder` holds that lock.
final class RunFolder {
  static final String PREFIX = "moorage-demo-";
  private static final String LOCK = "run.lock";
  private static final int ID_LENGTH = 5;
  private static final int MOST_NAMES = 10;

  private final Host host;
  private final Group group;
  private final Path path;
  private final Lock lock;

  private RunFolder(Host host, Group group, Path path, Lock lock) {
    this.host = host;
    this.group = group;
    this.path = path;
    this.lock = lock;
  }

  /// Makes a new run's folder.
  ///
  /// @param parent an existing folder, without links in its path: as the mount table will tell it
  static RunFolder create(Host host, Group group, Path parent, Entropy entropy) {
    for (int tried = 0; tried < MOST_NAMES; tried++) {
      var path = parent.resolve(PREFIX + entropy.suffix(ID_LENGTH));
      host.files().makeFolder(path.toString(), 0700);
      if (!isOurs(path)) continue;
      var lock = lock(host, path);
      if (lock.isPresent()) return new RunFolder(host, group, path, lock.get());
    }
    throw new CommandFailed("no new folder can be had in " + parent + "; choose another --folder");
  }

  /// Empty when another run holds it, or took it for a dead one's before it was locked and has
  /// removed it.
  private static Optional<Lock> lock(Host host, Path path) {
    try {
      return host.files().lock(lockFile(path));
    } catch (HostException gone) {
      if (gone.is(Errno.ENOENT)) return Optional.empty();
      throw gone;
    }
  }

  private static String lockFile(Path path) {
    return path.resolve(LOCK).toString();
  }

  /// Takes over the folders of runs below `parent` that have died without clearing up.
  static List<RunFolder> dead(Host host, Group group, Path parent) {
    var dead = new ArrayList<RunFolder>();
    for (String name : host.files().names(parent.toString())) {
      if (!name.startsWith(PREFIX)) continue;
      var path = parent.resolve(name);
      if (!isOurs(path)) continue;
      if (host.files().look(lockFile(path)).filter(RunFolder::isFile).isPresent())
        lock(host, path).ifPresent(lock -> dead.add(new RunFolder(host, group, path, lock)));
      else removeIfEmpty(host, path);
    }
    return dead;
  }

  private static boolean isFile(Entry entry) {
    return entry.sort() == Sort.FILE;
  }

  /// A run that was killed before it took its lock left an empty folder; one that is about to take
  /// it will look for another name. What has no lock and holds something is nobody's run.
  private static void removeIfEmpty(Host host, Path path) {
    try {
      host.files().removeFolder(path.toString());
    } catch (HostException used) {
      if (!used.is(Errno.ENOTEMPTY)) throw used;
    }
  }

  /// Whether it is a folder, not a link to one, that this user has and nobody else may enter: in a
  /// folder that all may write to, others could lay a trap for who removes files as root.
  private static boolean isOurs(Path path) {
    try {
      int mode = number(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      int owner = number(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      int self = number(Path.of("/proc/self"), "unix:uid");
      return (mode & 0170777) == 0040700 && owner == self;
    } catch (IOException gone) {
      return false;
    }
  }

  private static int number(Path path, String attribute, LinkOption... options) throws IOException {
    return Files.getAttribute(path, attribute, options) instanceof Integer number ? number : -1;
  }

  Path path() {
    return path;
  }

  /// The folder's own name.
  String name() {
    return String.valueOf(path.getFileName());
  }

  /// The name of the run's node: unique on this machine, so that its pods can be found.
  String node() {
    return "node-" + name().substring(PREFIX.length());
  }

  private String sandboxPrefix() {
    return NodeAgent.sandboxPrefix(Settings.of(node(), kubelet()));
  }

  /// The node agent's root.
  String kubelet() {
    return path.resolve("kubelet").toString();
  }

  /// Ends the run's pods, unmounts, detaches, removes the folder, lets go of the lock. To be called
  /// once, when nothing of the run is at work any more but, perhaps, a tool of a killed one.
  ///
  /// @return what could not be cleared, as lines; empty when all is gone
  List<String> clear() {
    try (lock) {
      var remains = new Remains(host, group, path, Optional.of(sandboxPrefix()));
      var left = remains.clear();
      return left.isEmpty()
          ? remains.removeFolder(Path.of(lockFile(path))).stream().toList()
          : left;
    }
  }
}
