package dev.moorage.driver;

import dev.moorage.base.Group;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.Driver.Mode;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts.Mount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds the filesystems of volumes still for a moment, and never longer.
///
/// Whoever writes to a frozen filesystem sleeps until it is thawed, and cannot even be killed. So
/// what is to be frozen stands in the ledger before; the next start thaws what it finds there, the
/// end of the driver too, and a watchdog thaws what takes too long.
final class Freezer {
  /// So long may writers have to wait.
  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final int MOST_TRIES = 10;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final Kit kit;
  private final Host host;

  Freezer(Kit kit) {
    this.kit = kit;
    this.host = kit.host();
  }

  /// Holds the filesystems of volumes still while something is done; one that is not mounted here
  /// is still already, as far as this driver can tell. The caller holds their content.
  ///
  /// @throws HostException ETIMEDOUT when it took so long that writers had to be let go meanwhile
  void holding(List<VolumeRecord> volumes, Runnable act) {
    var wanted = holds() ? mounted(volumes) : List.<Held>of();
    if (wanted.isEmpty()) act.run();
    else new Moment(wanted).during(act);
  }

  private boolean holds() {
    return kit.settings().mode() == Mode.ALL
        && kit.backend() instanceof GivesDevices devices
        && !devices.copiesAtOneMoment();
  }

  private List<Held> mounted(List<VolumeRecord> volumes) {
    var mounted = new ArrayList<Held>();
    for (var volume : volumes) mountOf(volume.id()).ifPresent(mounted::add);
    return mounted;
  }

  private Optional<Held> mountOf(VolumeId volume) {
    return kit.shown(volume)
        .path()
        .flatMap(this::mountOf)
        .map(mount ->
            new Held(new FrozenRecord(volume, mount.source(), mount.fsType()), mount.target()));
  }

  /// Of the filesystem on a device; its own node, bound somewhere, is none.
  private Optional<Mount> mountOf(String device) {
    return host.mounts().table().stream().filter(m -> m.source().equals(device)).findFirst();
  }

  /// Sorts volumes for one moment: the writers of a raw block device cannot be held, so it comes
  /// first, while all others stand still.
  ///
  /// @throws dev.moorage.csi.CsiException FAILED_PRECONDITION where several are in use raw
  List<VolumeId> inOrder(List<VolumeRecord> volumes) {
    var raw = volumes.stream().filter(this::isRawInUse).map(VolumeRecord::id).toList();
    if (raw.size() > 1)
      throw Refusals.precondition(
          "volumes "
              + raw
              + " are raw block devices in use: writers of several cannot be held at one moment");
    var order = new ArrayList<>(raw);
    volumes.stream().map(VolumeRecord::id).filter(id -> !raw.contains(id)).forEach(order::add);
    return order;
  }

  private boolean isRawInUse(VolumeRecord volume) {
    return holds() && volume.uses().getFirst().block() && kit.shown(volume.id()).path().isPresent();
  }

  /// Thaws what an earlier process has left frozen, or calls that were interrupted.
  void thawLeft() {
    if (!kit.hasNodeSide()) return;
    for (var left : kit.records().frozen()) {
      try {
        leaveThawFolder();
        thaw(left);
        kit.records().remove(left);
      } catch (HostException stays) {
        // One filesystem that stays frozen does not keep the others from being served.
        failed(left, String.valueOf(stays.getMessage()));
      }
    }
  }

  private void failed(FrozenRecord one, String why) {
    kit.failed("Thaw", one.volume(), why);
  }

  private void thaw(FrozenRecord left) {
    boolean same = kit.shown(left.volume()).path().filter(left.device()::equals).isPresent();
    if (!same) return; // a boot thaws everything
    var mount = mountOf(left.device());
    if (mount.isPresent()) host.filesystems().thaw(mount.get().target());
    else thawUnmounted(left);
  }

  /// A filesystem that is unmounted while it is frozen stays so in the kernel; only a new mount
  /// gives a way to it.
  private void thawUnmounted(FrozenRecord left) {
    host.files().makeFolder(thawFolder(), 0700);
    var options = left.fsType().equals("xfs") ? List.of("nouuid") : List.<String>of();
    host.mounts().mount(left.device(), thawFolder(), left.fsType(), options);
    leaveThawFolder();
  }

  private void leaveThawFolder() {
    if (host.mounts().at(thawFolder()).isPresent()) {
      host.filesystems().thaw(thawFolder());
      host.mounts().unmount(thawFolder());
    }
    host.files().removeFolder(thawFolder());
  }

  private String thawFolder() {
    return kit.settings().stateDir() + "/thaw";
  }

  private record Held(FrozenRecord record, String path) {}

  /// One moment, in which all of some filesystems stand still.
  private final class Moment {
    private final List<Held> wanted;
    private final List<Held> frozen = new ArrayList<>(); // guarded by this
    private boolean late; // guarded by this

    Moment(List<Held> wanted) {
      this.wanted = wanted;
    }

    void during(Runnable act) {
      try (var watch = kit.group().group("watchdog")) {
        var _ = watch.start("thaw", () -> thawLate(watch));
        try {
          for (var one : wanted) freeze(one);
          refuseIfLate();
          act.run();
        } finally {
          thaw();
        }
      }
      refuseIfLate();
    }

    private void refuseIfLate() {
      if (isLate())
        throw new HostException(
            Errno.ETIMEDOUT,
            "holding "
                + wanted.stream().map(Held::path).toList()
                + " still: writers were let go after "
                + LONGEST.toSeconds()
                + " s, so that nothing is sure to be of one moment; try again");
    }

    private void freeze(Held one) {
      refuseIfLate(); // nobody would watch over it
      // The intent: whatever happens from here on, somebody thaws.
      kit.records().put(one.record());
      add(one);
      try {
        host.filesystems().freeze(one.path());
      } catch (HostException refused) {
        if (refused.is(Errno.EBUSY)) letGo(one); // another froze it, and thaws it
        throw refused;
      }
    }

    private synchronized void add(Held one) {
      frozen.add(one);
    }

    private synchronized boolean isLate() {
      return late;
    }

    private synchronized List<Held> frozen() {
      return List.copyOf(frozen);
    }

    private void letGo(Held one) {
      kit.records().remove(one.record());
      synchronized (this) {
        frozen.remove(one);
      }
    }

    private void thaw() {
      Optional<HostException> failed = Optional.empty();
      for (int tries = 1; tries <= MOST_TRIES && !frozen().isEmpty(); tries++) {
        if (tries > 1) kit.group().sleep(BETWEEN_TRIES);
        failed = thawOnce();
      }
      if (failed.isPresent()) throw failed.get();
    }

    private Optional<HostException> thawOnce() {
      Optional<HostException> failed = Optional.empty();
      for (var one : frozen()) {
        try {
          host.filesystems().thaw(one.path());
          letGo(one);
        } catch (HostException stays) { // the others still must be thawed
          failed = Optional.of(stays);
        }
      }
      return failed;
    }

    /// One that stays frozen must not keep the others so.
    private void letWritersGo(Held one) {
      try {
        host.filesystems().thaw(one.path());
      } catch (HostException stays) {
        failed(one.record(), String.valueOf(stays.getMessage()));
      }
    }

    private boolean thawLate(Group watch) {
      watch.sleep(LONGEST);
      synchronized (this) {
        late = true;
      }
      for (var one : frozen()) {
        failed(one.record(), "a snapshot took too long: writers are let go");
        letWritersGo(one);
      }
      return true;
    }
  }
}
