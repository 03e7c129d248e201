package dev.moorage.cli.crash;

import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.GroupSnapshotId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Every deed of a driver that changes something.
final class Cells {
  private static final SnapshotId KEPT = new SnapshotId("snap_kept");
  private static final SnapshotId CUT = new SnapshotId("snap_cut");
  private static final GroupSnapshotId GROUP = new GroupSnapshotId("group_group");

  private final Subject base;
  private final Subject vol;
  private final Subject other;

  Cells(Path kubelet, String use) {
    base = new Subject("base", kubelet, use);
    vol = new Subject("vol", kubelet, use);
    other = new Subject("other", kubelet, use);
  }

  /// Without any volume.
  static List<Cell> ofEmptyDriver() {
    return List.of(
        Cell.of("first start", new Cell.Deed.FirstStart()),
        Cell.of("start, nothing there", new Cell.Deed.Start()),
        Cell.of("end", new Cell.Deed.End()));
  }

  /// A volume in use, which stays so while the driver dies again and again.
  Subject base() {
    return base;
  }

  /// What copies are made as.
  Subject copy() {
    return vol;
  }

  List<Subject> all() {
    return List.of(base, vol, other);
  }

  /// What is there before the first cell, beside a file in [#base].
  List<CsiCall<?>> first() {
    return join(List.of(base.create()), base.show());
  }

  CsiCall<?> keep() {
    return base.snapshot("kept");
  }

  /// And what takes it away after the last.
  List<CsiCall<?>> last() {
    return join(
        List.of(new DeleteSnapshot(KEPT, Secrets.NONE)), base.hide(), List.of(base.delete()));
  }

  List<Cell> ofVolumes() {
    var cells = new ArrayList<Cell>();
    cells.add(Cell.of("start, a volume in use", new Cell.Deed.Start()));
    cells.addAll(controller());
    cells.addAll(node());
    cells.addAll(snapshots());
    return cells;
  }

  private List<Cell> controller() {
    var restored = vol.from(new ContentSource.Snapshot(KEPT), vol.larger());
    var cloned = vol.from(new ContentSource.Volume(base.id()), vol.size());
    return List.of(
        Cell.of("CreateVolume", vol.create()).undoneBy(vol.delete()),
        Cell.of("CreateVolume thin", vol.thin()).undoneBy(vol.delete()),
        Cell.of("CreateVolume from snapshot", restored).undoneBy(vol.delete()),
        Cell.of("CreateVolume from volume", cloned).undoneBy(vol.delete()),
        Cell.of("DeleteVolume", vol.delete()).after(vol.create()),
        Cell.of("ControllerPublishVolume", vol.attach()).undoneBy(vol.detach()).with(vol),
        Cell.of("ControllerUnpublishVolume", vol.detach()).after(vol.attach()).with(vol),
        Cell.of("ControllerExpandVolume", vol.expand()).after(vol.create()).undoneBy(vol.delete()),
        Cell.of("ControllerModifyVolume", vol.modify(Map.of("reserve", "full", "discard", "off")))
            .after(vol.thin(), vol.attach(), vol.stage())
            .undoneBy(vol.unstage(), vol.detach(), vol.delete()));
  }

  private List<Cell> node() {
    var restored = vol.from(new ContentSource.Snapshot(KEPT), vol.larger());
    var cells = new ArrayList<Cell>();
    cells.add(
        Cell.of("NodeStageVolume", vol.stage())
            .after(vol.create(), vol.attach())
            .undoneBy(vol.unstage(), vol.detach(), vol.delete()));
    cells.add(
        Cell.of("NodeStageVolume restored", vol.stage())
            .after(restored, vol.attach())
            .undoneBy(vol.unstage(), vol.detach(), vol.delete()));
    cells.add(
        Cell.of("NodeUnstageVolume", other.unstage())
            .after(other.stage())
            .with(other, other.attach()));
    for (boolean readOnly : new boolean[] {false, true}) {
      var how = readOnly ? " read-only" : "";
      cells.add(
          Cell.of("NodePublishVolume" + how, other.publish(readOnly))
              .undoneBy(other.unpublish())
              .with(other, other.attach(), other.stage()));
      cells.add(
          Cell.of("NodeUnpublishVolume" + how, other.unpublish())
              .after(other.publish(readOnly))
              .with(other, other.attach(), other.stage()));
    }
    cells.add(
        Cell.of("NodeExpandVolume", vol.expandOnNode())
            .after(vol.create(), vol.attach(), vol.stage(), vol.publish(false), vol.expand())
            .undoneBy(vol.unpublish(), vol.unstage(), vol.detach(), vol.delete()));
    cells.add(Cell.of("NodePublishVolume inline", vol.publishInline()).undoneBy(vol.unpublish()));
    cells.add(Cell.of("NodeUnpublishVolume inline", vol.unpublish()).after(vol.publishInline()));
    return cells;
  }

  private List<Cell> snapshots() {
    var delete = new DeleteSnapshot(CUT, Secrets.NONE);
    var group =
        new CreateVolumeGroupSnapshot(
            "group", List.of(base.id(), other.id()), Secrets.NONE, Map.of());
    var members = List.of(member(base), member(other));
    var deleteGroup = new DeleteVolumeGroupSnapshot(GROUP, members, Secrets.NONE);
    // The writers of two raw devices cannot be held at one moment.
    var shown = base.use().equals(Subject.BLOCK) ? List.<CsiCall<?>>of() : other.show();
    var brought = shown.toArray(CsiCall<?>[]::new);
    return List.of(
        Cell.of("CreateSnapshot", base.snapshot("cut")).undoneBy(delete),
        Cell.of("DeleteSnapshot", delete).after(base.snapshot("cut")),
        Cell.of("CreateVolumeGroupSnapshot", group).undoneBy(deleteGroup).with(other, brought),
        Cell.of("DeleteVolumeGroupSnapshot", deleteGroup).after(group).with(other, brought));
  }

  /// As the kit makes them.
  private static SnapshotId member(Subject volume) {
    var text = (GROUP + " " + volume.id()).getBytes(StandardCharsets.UTF_8);
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return new SnapshotId("member_" + HexFormat.of().formatHex(digest.digest(text)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SafeVarargs
  private static List<CsiCall<?>> join(List<CsiCall<?>>... parts) {
    var all = new ArrayList<CsiCall<?>>();
    for (var part : parts) all.addAll(part);
    return all;
  }
}
