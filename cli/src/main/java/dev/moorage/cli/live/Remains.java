package dev.moorage.cli.live;

import dev.moorage.base.Group;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.host.Sandboxes.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a house has on this machine outside its own process: pods, mounts and loop devices that
/// belong to one folder. Whoever uses it holds the lock of that folder.
public final class Remains {
  private static final int ROUNDS = 100;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration DYING = Duration.ofSeconds(10);

  private final Host host;
  private final Group group;
  private final Path folder;
  private final Optional<String> sandboxPrefix;

  /// @param folder absolute, without links in it: as the mount table tells it
  /// @param sandboxPrefix what the names of the house's pod processes begin with; empty for a house
  ///   that cannot have any
  public Remains(Host host, Group group, Path folder, Optional<String> sandboxPrefix) {
    this.host = host;
    this.group = group;
    this.folder = folder;
    this.sandboxPrefix = sandboxPrefix;
  }

  /// One line for each thing that is there.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    pods().forEach(pod -> lines.add("process of pod " + pod.name()));
    mounts().forEach(mount -> lines.add("mount " + mount.target()));
    loops().forEach(loop -> lines.add("loop device " + loop.device() + " over " + loop.image()));
    return lines;
  }

  /// Ends the pods, unmounts and detaches, again and again for a while: a tool of a killed process
  /// may still be at work.
  ///
  /// @return what is still there, as lines; empty when all is gone
  public List<String> clear() {
    var left = clearOnce();
    for (int round = 1; round < ROUNDS && !left.isEmpty(); round++) {
      group.sleep(PAUSE);
      left = clearOnce();
    }
    return left;
  }

  private List<String> clearOnce() {
    while (clearSome()) {}
    return lines();
  }

  /// A volume's loop device lies on the pool's mount and its mount on the loop device: from the top
  /// downwards, what goes goes.
  ///
  /// @return whether anything went
  private boolean clearSome() {
    boolean some = false;
    for (var pod : pods()) some |= end(pod);
    for (var mount : mounts().reversed())
      some |= tryTo(() -> host.mounts().unmount(mount.target())).isEmpty();
    for (var loop : loops()) some |= tryTo(() -> host.loops().detach(loop.device())).isEmpty();
    return some;
  }

  private boolean end(Sandbox pod) {
    host.sandboxes().kill(pod);
    return host.sandboxes().ended(pod, DYING);
  }

  private List<Sandbox> pods() {
    return sandboxPrefix.map(host.sandboxes()::running).orElse(List.of());
  }

  private List<Mount> mounts() {
    return host.mounts().table().stream().filter(mount -> isInside(mount.target())).toList();
  }

  private List<Loop> loops() {
    return host.loops().all().stream().filter(loop -> isInside(loop.image())).toList();
  }

  private boolean isInside(String other) {
    return Path.of(other).startsWith(folder);
  }

  /// Removes what is in the folder and, last, the folder itself. To be called when nothing remains.
  ///
  /// @param lockFile goes after all else: whoever is killed in the middle leaves a folder that is
  ///   known for what it is
  /// @return the reason why it could not be done; empty when it was
  public Optional<String> removeFolder(Path lockFile) {
    return tryTo(() -> {
      GrpcSockets.forgetLinksInto(folder);
      var last = String.valueOf(lockFile.getFileName());
      for (String name : host.files().names(folder.toString()))
        if (!name.equals(last)) remove(folder + "/" + name);
      host.files().removeFile(lockFile.toString());
      host.files().removeFolder(folder.toString());
    });
  }

  /// Follows no link, and empties nothing that is mounted here after all.
  private void remove(String entry) {
    if (host.files().look(entry).filter(seen -> seen.sort() == Sort.FOLDER).isEmpty()) {
      host.files().removeFile(entry);
      return;
    }
    if (host.mounts().at(entry).isEmpty())
      for (String name : host.files().names(entry)) remove(entry + "/" + name);
    host.files().removeFolder(entry);
  }

  /// The reason why it could not be done; empty when it was.
  private static Optional<String> tryTo(Runnable act) {
    try {
      act.run();
      return Optional.empty();
    } catch (HostException refused) {
      return Optional.of(String.valueOf(refused.getMessage()));
    }
  }
}
