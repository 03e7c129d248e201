package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.FilesystemRecord.State;
import dev.moorage.host.BlockDevices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Filesystems on devices: made where a device is empty, repaired, mounted, and grown to fill it.
final class Formatting {
  private final Kit kit;
  private final GivesDevices backend;
  private final Records records;

  Formatting(Kit kit, GivesDevices backend) {
    this.kit = kit;
    this.backend = backend;
    this.records = kit.records();
  }

  /// What to make of a device.
  ///
  /// @param size of the volume; zero where it is not known
  /// @param flags mount flags
  /// @param context of the volume
  record Wanted(Bytes size, List<String> flags, Map<String, String> context) {}

  void mount(String device, StageRecord wish, Wanted wanted) {
    boolean writable =
        kit.host().blockDevices().look(device).filter(BlockDevices.Seen::readOnly).isEmpty();
    if (writable) prepare(device, wish, wanted);
    var options = options(wish, wanted, writable);
    kit.host().mounts().mount(device, wish.path(), wish.use().fsType(), options);
    growMounted(device, wish, wanted.size());
  }

  private void prepare(String device, StageRecord wish, Wanted wanted) {
    var id = wish.volume();
    var type = wish.use().fsType();
    var content = kit.host().filesystems().probe(device);
    boolean halfMade =
        records.filesystem(id).filter(known -> known.state() == State.FORMATTING).isPresent();
    if (content.isEmpty() || halfMade) {
      format(device, wish, wanted, content.isEmpty() ? "it is empty" : "a format was interrupted");
      return;
    }
    if (!content.get().equals(type))
      throw Refusals.precondition(
          "volume "
              + id
              + " holds "
              + (content.get().equals("unknown") ? "something unknown" : content.get())
              + ", not "
              + type
              + "; it is never overwritten");
    kit.host().filesystems().check(device, type);
    if (type.startsWith("ext") && smallerThan(id, wanted.size()))
      growUnmounted(device, wish, wanted.size());
  }

  private void format(String device, StageRecord wish, Wanted wanted, String why) {
    var type = wish.use().fsType();
    kit.decided("Format", wish.volume(), why);
    // The intent, as a format that dies half-way leaves bytes that look like somebody's.
    records.put(new FilesystemRecord(wish.volume(), type, State.FORMATTING, Bytes.ZERO));
    var options = backend.formatOptions(type, wanted.context());
    kit.host().filesystems().format(device, type, options);
    // Before the first mount: from here on the content is the user's.
    fills(wish, wanted.size());
  }

  /// Before the mount, as not every kernel grows an ext4 afterwards.
  private void growUnmounted(String device, StageRecord wish, Bytes size) {
    boolean refused =
        records
            .filesystem(wish.volume())
            .filter(known -> known.state() == State.GROWS_UNMOUNTED)
            .isPresent();
    if (refused)
      kit.decided("Grow", wish.volume(), "the kernel did not grow it while it was mounted");
    kit.host().filesystems().grow(device, wish.use().fsType(), "");
    fills(wish, size);
  }

  private static List<String> options(StageRecord wish, Wanted wanted, boolean writable) {
    var type = wish.use().fsType();
    var options = new ArrayList<>(wanted.flags());
    // A clone has the identity of its source.
    if (type.equals("xfs")) add(options, "nouuid");
    if (wish.readOnly()) add(options, "ro");
    // Nobody can write a log back to a device that takes no writes.
    if (!writable && type.equals("xfs")) add(options, "norecovery");
    if (!writable && type.startsWith("ext")) add(options, "noload");
    return options;
  }

  private static void add(List<String> options, String option) {
    if (!options.contains(option)) options.add(option);
  }

  private void growMounted(String device, StageRecord wish, Bytes size) {
    if (wish.use().fsType().startsWith("ext") || wish.readOnly()) return;
    if (!smallerThan(wish.volume(), size)) return;
    kit.host().filesystems().grow(device, wish.use().fsType(), wish.path());
    fills(wish, size);
  }

  /// Whether the filesystem may not fill its device yet.
  private boolean smallerThan(VolumeId id, Bytes size) {
    var known = records.filesystem(id);
    return known.isEmpty() || size.isZero() || known.get().size().isBelow(size);
  }

  private void fills(StageRecord wish, Bytes size) {
    records.put(FilesystemRecord.filling(wish.volume(), wish.use().fsType(), size));
  }
}
