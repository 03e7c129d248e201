package dev.moorage.driver;

import dev.moorage.base.Bytes;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.Done;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeId;
import dev.moorage.driver.VolumeRecord.Publication;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.HostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes volumes ready on this node: device, filesystem, mount at the global path; and back.
final class Staging {
  private final Kit kit;
  private final GivesDevices backend;
  private final Records records;
  private final Attaching attaching;

  Staging(Kit kit, GivesDevices backend) {
    this.kit = kit;
    this.backend = backend;
    this.records = kit.records();
    this.attaching = new Attaching(kit);
  }

  Done stage(NodeStageVolume call) {
    Limits.volume(call.volume());
    Limits.required("staging_target_path", call.stagingPath());
    Wish.checkComplete(call.capability());
    Limits.map("volume_context", call.volumeContext());
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> stageAlone(call));
  }

  private Done stageAlone(NodeStageVolume call) {
    var volume = known(call.volume());
    attaching.checkStageHere(call.volume(), volume.published(), call.publishContext());
    var refusal = refusal(volume, call.capability());
    if (!refusal.isEmpty()) throw Refusals.precondition("volume " + call.volume() + ": " + refusal);
    var path = Paths.checked("staging_target_path", call.stagingPath());
    var wish = wish(call, path, readOnly(volume.published(), call.capability()));
    var found = records.stage(call.volume());
    if (found.isPresent() && again(found.get(), wish)) return Done.DONE;
    checkFolder(wish);
    device(call.volume()).checkNothingElseAt(path);
    bring(wish, new Filesystem(volume.size(), flags(call.capability()), call.volumeContext()));
    return Done.DONE;
  }

  /// What staging needs to know of a volume.
  private record Known(Bytes size, String fsType, List<Publication> published) {}

  /// What to make of the device.
  private record Filesystem(Bytes size, List<String> flags, Map<String, String> context) {}

  private Known known(VolumeId id) {
    kit.checkUsable(id, backend);
    if (kit.settings().mode() == Driver.Mode.NODE) return new Known(Bytes.ZERO, "", List.of());
    var volume = kit.usable(id);
    return new Known(volume.size(), volume.fsType(), volume.published());
  }

  private String refusal(Known volume, VolumeCapability capability) {
    var support = backend.support();
    var refusal = support.refusal(capability);
    if (!refusal.isEmpty()) return refusal;
    var fsType = support.use(capability).fsType();
    return volume.fsType().isEmpty() || volume.fsType().equals(fsType)
        ? ""
        : "it is for " + volume.fsType() + ", not for " + fsType;
  }

  private StageRecord wish(NodeStageVolume call, String path, boolean readOnly) {
    var flags = VolumeIds.sha256(String.join("\0", flags(call.capability())));
    var use = backend.support().use(call.capability());
    return new StageRecord(call.volume(), path, use, flags, readOnly, false);
  }

  private static boolean readOnly(List<Publication> published, VolumeCapability capability) {
    return capability.mode().readOnly()
        || MountFlags.readOnly(flags(capability))
        || published.stream().anyMatch(Publication::readOnly);
  }

  private static List<String> flags(VolumeCapability capability) {
    return capability.access() instanceof Access.Mount mount ? mount.flags() : List.of();
  }

  /// Whether it is staged already, exactly so. What is left of an interrupted try, or of a mount
  /// that is gone (the node booted since), is cleared away.
  private boolean again(StageRecord found, StageRecord wish) {
    if (!found.done() || device(found.volume()).at(found.path()).isEmpty()) {
      takeDown(found);
      return false;
    }
    if (!found.path().equals(wish.path()))
      throw Refusals.precondition(
          "volume " + found.volume() + " is staged at " + found.path() + " already");
    var difference = found.differenceTo(wish);
    if (!difference.isEmpty())
      throw Refusals.exists("volume " + found.volume() + " at " + found.path() + ": " + difference);
    return true;
  }

  private void checkFolder(StageRecord wish) {
    var entry = kit.host().files().look(wish.path());
    if (entry.isEmpty() || entry.get().sort() != Sort.FOLDER)
      throw Refusals.invalid(
          "staging_target_path "
              + wish.path()
              + " must be a folder that the caller made; found: "
              + entry.map(there -> there.sort().toString()).orElse("nothing"));
  }

  private void bring(StageRecord wish, Filesystem wanted) {
    try {
      // The intent: a crash from here on leaves a device or a mount that the next start takes down.
      records.put(wish);
      var device = backend.connect(wish.volume());
      prepare(device, wish, wanted);
      kit.host().mounts().mount(device, wish.path(), wish.use().fsType(), options(wish, wanted));
      growMounted(device, wish, wanted.size());
      records.put(wish.finished());
      verify(wish);
    } catch (CsiException | HostException failure) {
      ControllerSide.undoAfter(failure, () -> takeDown(wish));
      throw failure;
    }
  }

  private void prepare(String device, StageRecord wish, Filesystem wanted) {
    var id = wish.volume();
    var type = wish.use().fsType();
    var content = kit.host().filesystems().probe(device);
    boolean halfMade = records.filesystem(id).filter(FilesystemRecord::formatting).isPresent();
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
    if (type.startsWith("ext") && smallerThan(id, wanted.size())) {
      kit.host().filesystems().grow(device, type, "");
      fills(wish, wanted.size());
    }
  }

  private void format(String device, StageRecord wish, Filesystem wanted, String why) {
    var type = wish.use().fsType();
    kit.decided("Format", wish.volume(), why);
    // The intent, as a format that dies half-way leaves bytes that look like somebody's.
    records.put(new FilesystemRecord(wish.volume(), type, true, Bytes.ZERO));
    var options = backend.formatOptions(type, wanted.context());
    kit.host().filesystems().format(device, type, options);
    // Before the first mount: from here on the content is the user's.
    fills(wish, wanted.size());
  }

  private static List<String> options(StageRecord wish, Filesystem wanted) {
    var options = new ArrayList<>(wanted.flags());
    // A clone has the identity of its source.
    if (wish.use().fsType().equals("xfs") && !options.contains("nouuid")) options.add("nouuid");
    if (wish.readOnly() && !options.contains("ro")) options.add("ro");
    return options;
  }

  private void growMounted(String device, StageRecord wish, Bytes size) {
    // ext4 has been grown before the mount: not every kernel grows it afterwards.
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
    records.put(new FilesystemRecord(wish.volume(), wish.use().fsType(), false, size));
  }

  private void verify(StageRecord wish) {
    if (device(wish.volume()).at(wish.path()).isEmpty())
      throw Refusals.precondition(
          "volume " + wish.volume() + " was mounted at " + wish.path() + " but is not there");
  }

  Done unstage(NodeUnstageVolume call) {
    Limits.volume(call.volume());
    Limits.required("staging_target_path", call.stagingPath());
    var path = Paths.checked("staging_target_path", call.stagingPath());
    if (!VolumeIds.safe(call.volume())) return Done.DONE;
    return kit.locks().alone(call.volume().text(), call.rpc(), () -> unstage(call.volume(), path));
  }

  private Done unstage(VolumeId id, String path) {
    var found = records.stage(id).filter(stage -> stage.path().equals(path));
    if (found.isEmpty()) return Done.DONE;
    refuseIfPublished(found.get());
    takeDown(found.get());
    return Done.DONE;
  }

  /// Taking the mount away under a pod would succeed and keep the device: the order is checked, not
  /// left to the kernel.
  private void refuseIfPublished(StageRecord stage) {
    var elsewhere = new ArrayList<>(device(stage.volume()).paths());
    elsewhere.removeIf(stage.path()::equals);
    if (!elsewhere.isEmpty())
      throw Refusals.precondition(
          "volume " + stage.volume() + " is still published at " + elsewhere);
  }

  /// Undoes a staging, finished or not, from wherever an earlier try stopped; verified.
  void takeDown(StageRecord stage) {
    var device = device(stage.volume());
    device.unmount(stage.path());
    device.disconnect();
    records.remove(stage);
  }

  /// Stagings that are not, or no longer, what the ledger says.
  List<StageRecord> lost() {
    return records.stages().stream()
        .filter(stage -> !stage.done() || device(stage.volume()).at(stage.path()).isEmpty())
        .toList();
  }

  private Device device(VolumeId id) {
    return new Device(id, backend, kit.host());
  }
}
