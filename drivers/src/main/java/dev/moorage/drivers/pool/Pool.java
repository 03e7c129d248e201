package dev.moorage.drivers.pool;

import dev.moorage.base.Bytes;
import dev.moorage.host.Host;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Ledger;
import dev.moorage.host.Ledger.Entry;
import dev.moorage.host.LoopDevices.Loop;
import dev.moorage.host.LoopDevices.Options;
import java.util.List;
import java.util.Map;

/// An xfs filesystem (for its reflinks) in one image that is allocated in full, so that a full host
/// never turns into lost writes of a volume.
public final class Pool {
  private static final String FS_TYPE = "xfs";
  private static final String KEY = "pool";

  /// What the filesystem needs for itself beside what it takes when it is made.
  private static final Bytes LEAST_SPARE = Bytes.mebi(16);

  private static final int SPARE_PART = 100;

  private final Host host;
  private final Settings settings;
  private volatile Accounts accounts = new Accounts(Bytes.ZERO);

  /// A pool's settings.
  ///
  /// @param stateDir an absolute folder; the pool's image, ledger and mount stand in it
  /// @param size of the image when it is made (`pool-size`); 512 MiB or more. A pool that is there
  ///   keeps the size it has.
  public record Settings(String stateDir, Bytes size) {
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

  /// Makes the pool, or goes on with what is there: mounted, attached, an image, or half an image.
  /// May be called again, after a failure too.
  ///
  /// @throws HostException ENOSPC when the host has less free space than the pool's size, EEXIST
  ///   when an image stands there that this pool did not make, EIO when its image is gone
  public void open() {
    host.files().makeFolder(settings.stateDir(), 0750);
    try (var ledger = host.ledgers().open(settings.stateDir() + "/pool.ledger")) {
      var entry = ledger.find(KEY).orElseGet(() -> entry(Made.NOTHING, Bytes.ZERO));
      var made = Made.valueOf(entry.text("state"));
      checkImage(made);
      if (made.before(Made.FORMATTING)) allocate(ledger);
      var device = attach();
      if (made.before(Made.FORMATTED)) format(ledger, device);
      mount(device);
      accounts = new Accounts(made.before(Made.READY) ? finish(ledger) : usable(entry));
    }
    host.files().makeFolder(folder(), 0700);
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
    host.filesystems().format(device, FS_TYPE, List.of());
    note(ledger, Made.FORMATTED, Bytes.ZERO);
  }

  /// The account's total, taken once while the pool is empty: what it holds later says nothing of
  /// what volumes were promised.
  private Bytes finish(Ledger ledger) {
    var usage = host.filesystems().usage(mountPath());
    var spare = new Bytes(usage.total().count() / SPARE_PART).max(LEAST_SPARE);
    long free = usage.available().minusAtMost(spare).count();
    var usable = new Bytes(free - free % Bytes.mebi(1).count());
    note(ledger, Made.READY, usable);
    return usable;
  }

  private static Bytes usable(Entry entry) {
    return new Bytes(Long.parseLong(entry.text("usable")));
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
    host.mounts().mount(device, mountPath(), FS_TYPE, List.of("noatime"));
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

  /// The folder for volumes' images.
  public String folder() {
    return mountPath() + "/volumes";
  }

  /// Makes sure that images made, grown or removed so far are so after a crash too.
  public void sync() {
    host.filesystems().sync(mountPath());
  }

  /// What is free for volumes.
  public Bytes free() {
    return accounts.free();
  }

  /// Notes a volume that is there already.
  public void hold(String holder, Bytes size) {
    accounts.hold(holder, size);
  }

  /// Sets space aside for a holder, in place of what it had.
  ///
  /// @return false, with nothing changed, when there is not enough
  public boolean reserve(String holder, Bytes size) {
    return accounts.reserve(holder, size);
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

  private String mountPath() {
    return settings.stateDir() + "/pool";
  }
}
