package dev.moorage.drivers.pool;

import dev.moorage.base.Bytes;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.host.Files;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger;
import dev.moorage.host.Ledger.Entry;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.LoopDevices.Options;
import dev.moorage.host.Mounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A filesystem that copies at once, in one image that is allocated in full, so that a full host
/// never turns into lost writes of a volume.
public final class Pool {
  private static final String KEY = "pool";
  private static final String IMAGE = ".img";

  /// Texts of an entry while the pool becomes larger: the size that is wanted, what statfs said
  /// before.
  private static final String GROWING = "growing";

  private static final String TOTAL = "total";

  private final Host host;
  private final Settings settings;
  private volatile Accounts accounts = new Accounts(Bytes.ZERO);
  private volatile Bytes ledgerSeen = Bytes.ZERO;

  /// A pool's settings.
  ///
  /// @param stateDir an absolute folder; the pool's image, ledger and mount stand in it
  /// @param size of the image when it is made (`pool-size`); 512 MiB or more. A pool that is there
  ///   keeps the size it has.
  /// @param kind what is made in the image
  public record Settings(String stateDir, Bytes size, Kind kind) {
    /// 2 GiB.
    public static final Bytes DEFAULT_SIZE = Bytes.gibi(2);

    /// 512 MiB.
    public static final Bytes LEAST = Bytes.mebi(512);

    /// @throws IllegalArgumentException naming the setting that is wrong
    public Settings {
      if (!stateDir.startsWith("/"))
        throw new IllegalArgumentException("setting state-dir is not absolute: " + stateDir);
      if (size.isBelow(LEAST))
        throw new IllegalArgumentException("setting pool-size is below " + LEAST + ": " + size);
      size = size.roundUpTo(Bytes.mebi(1));
    }

    /// A pool of xfs.
    public Settings(String stateDir, Bytes size) {
      this(stateDir, size, Kind.XFS);
    }
  }

  /// A pool that is not open yet.
  public Pool(Host host, Settings settings) {
    this.host = host;
    this.settings = settings;
  }

  /// How far the making of the image is, in this order.
  private enum Made {
    NOTHING,
    /// The image may be there in part.
    ALLOCATING,
    /// It may hold half a filesystem.
    FORMATTING,
    FORMATTED,
    READY;

    boolean before(Made other) {
      return compareTo(other) < 0;
    }
  }

  /// The pool that stands in a folder, to be looked at or made larger by somebody else than its
  /// driver.
  ///
  /// @return empty where there is none, or only half of one
  public static Optional<Pool> at(Host host, String stateDir) {
    var pool = new Pool(host, new Settings(stateDir, Settings.DEFAULT_SIZE));
    if (host.files().look(pool.ledgerPath()).isEmpty()) return Optional.empty();
    return host.files()
        .look(pool.image())
        .flatMap(_ -> host.filesystems().probe(pool.image()))
        .flatMap(Kind::of)
        .map(kind -> new Pool(host, new Settings(stateDir, Settings.DEFAULT_SIZE, kind)));
  }

  /// Makes the pool, or goes on with what is there: mounted, attached, an image, or half an image.
  /// May be called again, after a failure too.
  ///
  /// @throws HostException ENOSPC when the host has less free space than the pool's size, EEXIST
  ///   when an image stands there that this pool did not make, EIO when its image is gone
  public void open() {
    host.files().makeFolder(settings.stateDir(), 0750);
    try (var ledger = host.ledgers().open(ledgerPath())) {
      var entry = ledger.find(KEY).orElseGet(() -> entry(Made.NOTHING, Bytes.ZERO));
      var made = Made.valueOf(entry.text("state"));
      checkImage(made);
      if (made.before(Made.FORMATTING)) allocate(ledger);
      var device = attach();
      if (made.before(Made.FORMATTED)) format(ledger, device);
      mount(device);
      accounts = new Accounts(made.before(Made.READY) ? finish(ledger) : usable(entry));
      if (!entry.text(GROWING).isEmpty()) finishGrowth(ledger, entry);
    }
    ledgerSeen = ledgerSize();
    host.files().makeFolder(folder(), 0700);
    host.files().makeFolder(snapshotFolder(), 0700);
  }

  private void checkImage(Made made) {
    boolean there = host.files().look(image()).isPresent();
    if (made == Made.NOTHING && there)
      throw new HostException(
          Errno.EEXIST,
          image() + " stands where the pool is to be made and is not the pool's; move it away");
    if (!made.before(Made.FORMATTED) && !there)
      throw new HostException(Errno.EIO, "the pool's image " + image() + " is gone");
  }

  private void allocate(Ledger ledger) {
    // An interrupted try may have had another size.
    host.files().removeFile(image());
    var free = host.filesystems().usage(settings.stateDir()).available();
    if (free.isBelow(settings.size()))
      throw new HostException(
          Errno.ENOSPC,
          "a pool of "
              + settings.size()
              + " needs as much space in "
              + settings.stateDir()
              + ", free is "
              + free
              + "; make room or choose a smaller pool-size");
    note(ledger, Made.ALLOCATING, Bytes.ZERO);
    host.files().allocate(image(), settings.size());
    host.filesystems().sync(settings.stateDir());
    note(ledger, Made.FORMATTING, Bytes.ZERO);
  }

  private void format(Ledger ledger, String device) {
    var kind = settings.kind();
    host.filesystems().format(device, kind.fsType(), kind.formatOptions());
    note(ledger, Made.FORMATTED, Bytes.ZERO);
  }

  /// The account's total, taken once while the pool is empty: what it holds later says nothing of
  /// what volumes were promised.
  private Bytes finish(Ledger ledger) {
    var usage = host.filesystems().usage(mountPath());
    long free = usage.available().minusAtMost(settings.kind().spare(usage.total())).count();
    var usable = down(new Bytes(free));
    note(ledger, Made.READY, usable);
    return usable;
  }

  private static Bytes down(Bytes amount) {
    return new Bytes(amount.count() - amount.count() % Bytes.mebi(1).count());
  }

  private static Bytes usable(Entry entry) {
    return bytes(entry, "usable");
  }

  private static Bytes bytes(Entry entry, String name) {
    return new Bytes(Long.parseLong(entry.text(name)));
  }

  private static void note(Ledger ledger, Made made, Bytes usable) {
    ledger.put(KEY, entry(made, usable));
  }

  private static Entry entry(Made made, Bytes usable) {
    return Entry.of(Map.of("state", made.name(), "usable", Long.toString(usable.count())));
  }

  /// The device over the image: the mounted one where an earlier process left it.
  private String attach() {
    var there = host.loops().over(image());
    var mounted = host.mounts().at(mountPath()).map(mount -> mount.source()).orElse("");
    for (var loop : there) if (loop.device().equals(mounted)) return mounted;
    return there.stream()
        .findFirst()
        .orElseGet(() -> host.loops().attach(image(), Options.FENCED))
        .device();
  }

  private void mount(String device) {
    var there = host.mounts().at(mountPath());
    if (there.isPresent() && !there.get().source().equals(device))
      throw new HostException(
          Errno.EBUSY,
          there.get().source() + " is mounted at " + mountPath() + ", where the pool belongs");
    if (there.isPresent()) return;
    host.files().makeFolder(mountPath(), 0700);
    var kind = settings.kind();
    host.mounts().mount(device, mountPath(), kind.fsType(), kind.mountOptions());
  }

  /// Unmounts and detaches the pool; nothing is done where it is not open.
  ///
  /// @throws HostException EBUSY while volumes in it are attached; then it stays as it is
  public void close() {
    var there = host.loops().over(image());
    if (there.isEmpty()) return;
    var mounted = host.mounts().at(mountPath()).map(mount -> mount.source()).orElse("");
    if (there.stream().anyMatch(loop -> loop.device().equals(mounted)))
      host.mounts().unmount(mountPath());
    for (var loop : there) host.loops().detach(loop.device());
  }

  /// Makes the pool larger while it is in use; one that is as large already is fine.
  ///
  /// @param size of its image, which is allocated in full
  /// @throws HostException ENOSPC when the host has less free space than that takes
  public void grow(Bytes size) {
    var wanted = size.roundUpTo(Bytes.mebi(1));
    try (var ledger = host.ledgers().open(ledgerPath())) {
      var has = size();
      if (!wanted.isAbove(has)) return;
      var free = host.filesystems().usage(settings.stateDir()).available();
      if (free.isBelow(wanted.minusAtMost(has)))
        throw new HostException(
            Errno.ENOSPC,
            "a pool of "
                + wanted
                + " needs "
                + wanted.minusAtMost(has)
                + " more in "
                + settings.stateDir()
                + ", free is "
                + free);
      var total = host.filesystems().usage(mountPath()).total();
      // The intent: a crash from here on leaves an image, or a filesystem, that is larger than what
      // the account knows.
      var entry =
          entry(Made.READY, accounts.usable())
              .with(GROWING, Long.toString(wanted.count()))
              .with(TOTAL, Long.toString(total.count()));
      ledger.put(KEY, entry);
      finishGrowth(ledger, entry);
    }
  }

  private void finishGrowth(Ledger ledger, Entry entry) {
    host.files().allocate(image(), bytes(entry, GROWING));
    host.filesystems().sync(settings.stateDir());
    var device = attach();
    host.loops().refresh(device);
    host.filesystems().grow(device, settings.kind().fsType(), mountPath());
    var more = host.filesystems().usage(mountPath()).total().minusAtMost(bytes(entry, TOTAL));
    var spare = settings.kind().part(more);
    var usable = usable(entry).plus(down(more.minusAtMost(spare)));
    note(ledger, Made.READY, usable);
    accounts.resize(usable);
  }

  /// What is wrong with the pool, one line each; empty when all is well. Reads no data.
  public List<String> check() {
    var wrong = new ArrayList<String>();
    var there = host.files().look(image());
    if (there.isEmpty()) wrong.add("the pool's image " + image() + " is gone");
    there
        .filter(image -> image.allocated().isBelow(image.size()))
        .ifPresent(image ->
            wrong.add(
                image()
                    + " has "
                    + image.allocated()
                    + " of its "
                    + image.size()
                    + " only: a full host would lose what volumes write"));
    var mount = host.mounts().at(mountPath());
    if (mount.isEmpty()) wrong.add("the pool is not mounted at " + mountPath());
    if (mount.filter(Mounts.Mount::readOnly).isPresent())
      wrong.add("the pool at " + mountPath() + " is read-only; the kernel's log says why");
    if (mount.isPresent() && low())
      wrong.add("the pool has " + free() + " left; no more thin volumes are made");
    return List.copyOf(wrong);
  }

  /// The same as a node tells it.
  public List<NodeGetStorageHealth.Entry> health() {
    return check().stream()
        .map(wrong ->
            new NodeGetStorageHealth.Entry(
                NodeGetStorageHealth.Status.DEGRADED, "Pool", wrong, VolumeCapability.MISSING))
        .toList();
  }

  /// How much the pool has for volumes and snapshots in all, promised or not.
  public Bytes usable() {
    lookAgain();
    return accounts.usable();
  }

  /// Another process may have made the pool larger meanwhile.
  private void lookAgain() {
    var size = ledgerSize();
    if (size.equals(ledgerSeen)) return;
    try (var ledger = host.ledgers().open(ledgerPath())) {
      var entry = ledger.find(KEY);
      entry
          .filter(now -> now.text(GROWING).isEmpty())
          .ifPresent(now -> accounts.resize(usable(now)));
      ledgerSeen = size;
    } catch (HostException held) {
      if (!held.is(Errno.EAGAIN)) throw held; // it is being made larger just now
    }
  }

  private Bytes ledgerSize() {
    return host.files().look(ledgerPath()).map(Files.Entry::size).orElse(Bytes.ZERO);
  }

  /// Size of the image.
  public Bytes size() {
    return host.files().look(image()).map(Files.Entry::size).orElse(Bytes.ZERO);
  }

  /// What is made in the image.
  public Kind kind() {
    return settings.kind();
  }

  /// The folder for volumes.
  public String folder() {
    return mountPath() + "/volumes";
  }

  /// The folder for snapshots.
  public String snapshotFolder() {
    return mountPath() + "/snapshots";
  }

  /// Where its filesystem is mounted.
  public String mountPath() {
    return settings.stateDir() + "/pool";
  }

  /// Makes sure that images made, grown or removed so far are so after a crash too.
  public void sync() {
    host.filesystems().sync(mountPath());
  }

  /// What is free for volumes.
  public Bytes free() {
    lookAgain();
    return accounts.free().minusAtMost(taken());
  }

  /// What holders that were promised nothing have taken. Blocks that several of them share are
  /// counted with each: one of them may have to have them for itself.
  private Bytes taken() {
    var taken = Bytes.ZERO;
    for (var holder : accounts.thin())
      for (var folder : List.of(folder(), snapshotFolder()))
        taken = taken.plus(allocated(folder + "/" + holder + IMAGE));
    return taken;
  }

  private Bytes allocated(String image) {
    return host.files().look(image).map(Files.Entry::allocated).orElse(Bytes.ZERO);
  }

  /// Whether so little is free that nothing that grows as it is written is taken in any more.
  public boolean low() {
    return free().isBelow(accounts.lowWater());
  }

  /// Notes a volume or a snapshot that is there already.
  ///
  /// @param holder its id, which is the name of its image
  /// @param size what it was promised; zero for one that takes blocks as it is written
  public void hold(String holder, Bytes size) {
    accounts.hold(holder, size);
  }

  /// Sets space aside for a holder, in place of what it had.
  ///
  /// @param size zero for one that takes blocks as it is written: it is taken in above the
  ///   low-water mark, a tenth of the pool
  /// @return false, with nothing changed, when there is not enough
  public boolean reserve(String holder, Bytes size) {
    lookAgain();
    return accounts.reserve(holder, size, taken());
  }

  /// Gives back what a holder had.
  public void release(String holder) {
    accounts.release(holder);
  }

  /// Whether the image is read and written past the host's cache; false while it is not attached.
  public boolean directIo() {
    return host.loops().first(image()).map(Loop::directIo).orElse(false);
  }

  private String image() {
    return settings.stateDir() + "/pool.img";
  }

  private String ledgerPath() {
    return settings.stateDir() + "/pool.ledger";
  }
}
