package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME;

import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;

/// Making a volume ready on a node.
final class StageChecks {
  private StageChecks() {}

  static List<Check> all() {
    return new Topic(
            "node.stage",
            "CSI specification, NodeStageVolume",
            Need.local(STAGE_UNSTAGE_VOLUME),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    stage(b, "", b.paths().staging("x"), b.volume("a").capability()),
                    INVALID_ARGUMENT))
        .add(
            "no-path",
            "A request without a staging path is refused with INVALID_ARGUMENT.",
            b -> {
              b.refused(stage(b, b.name("none"), "", b.volume("a").capability()), INVALID_ARGUMENT);
              var disk = b.disk("a").attach();
              b.refused(disk.stageCall("", disk.capability()), INVALID_ARGUMENT);
            })
        .add(
            "no-capability",
            "A request without a capability is refused with INVALID_ARGUMENT.",
            b -> {
              var disk = b.disk("a").attach();
              b.refused(disk.stageCall(disk.staging(), VolumeCapability.MISSING), INVALID_ARGUMENT);
            })
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND.",
            b ->
                b.refused(
                    stage(b, b.name("none"), b.paths().staging("x"), b.volume("a").capability()),
                    NOT_FOUND))
        .both(
            "again",
            "Staging again changes nothing: no mount on top of the first.",
            (b, form) -> {
              var disk = b.disk("a", form).attach().stage();
              long mounts = b.paths().mountsAt(disk.staging());
              for (int i = 0; i < 5; i++) disk.stage();
              b.same(mounts, b.paths().mountsAt(disk.staging()), "the mounts at the staging path");
              disk.publish().unpublish();
            })
        .add(
            "again-other-form",
            "Staged for a filesystem, a volume is not staged as block, or the other way round.",
            b -> {
              var disk = b.disk("a").attach().stage();
              var other =
                  (disk.block() ? Form.MOUNT : Form.BLOCK)
                      .capability(disk.capability().mode(), b.options().wanted().fsType());
              b.refused(
                  disk.stageCall(disk.staging(), other),
                  ALREADY_EXISTS,
                  FAILED_PRECONDITION,
                  INVALID_ARGUMENT);
            })
        .add(
            "again-other-filesystem",
            "Staged with one filesystem, a volume is not staged with another.",
            b -> {
              var wish = b.volume("a", Form.MOUNT);
              var mode = wish.capability().mode();
              var disk = b.disk(wish.used(VolumeCapability.mount("ext4", mode))).attach().stage();
              b.refused(
                  disk.stageCall(disk.staging(), VolumeCapability.mount("xfs", mode)),
                  ALREADY_EXISTS,
                  FAILED_PRECONDITION,
                  INVALID_ARGUMENT);
            },
            Need.takes(Form.MOUNT))
        .add(
            "again-read-only",
            "Staged writable, a volume is not staged with the mount flag ro.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).attach().stage();
              var fsType = b.options().wanted().fsType();
              var readOnly =
                  new VolumeCapability(
                      new Access.Mount(fsType, List.of("ro"), ""), disk.capability().mode());
              b.refused(
                  disk.stageCall(disk.staging(), readOnly),
                  ALREADY_EXISTS,
                  FAILED_PRECONDITION,
                  INVALID_ARGUMENT);
            },
            Need.takes(Form.MOUNT))
        .add(
            "long-path",
            "A staging path may be longer than 128 bytes.",
            b -> {
              var disk = b.disk("a").attach();
              var path = b.paths().made(b.paths().folder() + ("/" + "long".repeat(15)).repeat(3));
              b.ok(disk.stageCall(path, disk.capability()));
              b.ok(new NodeUnstageVolume(disk.id(), path));
            })
        .by("CSI specification, NodeUnstageVolume")
        .add(
            "unstage-no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    new NodeUnstageVolume(new VolumeId(""), b.paths().staging("x")),
                    INVALID_ARGUMENT))
        .add(
            "unstage-no-path",
            "A request without a staging path is refused with INVALID_ARGUMENT.",
            b -> b.refused(new NodeUnstageVolume(b.disk("a").id(), ""), INVALID_ARGUMENT))
        .add(
            "unstage-unknown",
            "An unknown volume counts as unstaged, or is not found.",
            b ->
                b.okOr(
                    new NodeUnstageVolume(new VolumeId(b.name("none")), b.paths().staging("x")),
                    NOT_FOUND))
        .add(
            "unstage-never-staged",
            "A volume that was never staged is unstaged.",
            b -> b.ok(b.disk("a").attach().unstageCall()))
        .both(
            "unstage-leaves-nothing",
            "Unstaging undoes all: no mount stays, and it may be called again.",
            (b, form) -> {
              var disk = b.disk("a", form).attach().stage().unstage();
              b.same(0L, b.paths().mountsAt(disk.staging()), "the mounts at the staging path");
              disk.unstage();
              b.must(
                  b.paths().exists(disk.staging()),
                  "the staging folder, which is not the" + " driver's",
                  "it is gone");
            })
        .both(
            "unstage-keeps-content",
            "What was written is there after unstaging and staging again.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("kept");
              disk.unpublish().unstage().stage().publish();
              disk.mustHold("kept", "what was written");
            })
        .both(
            "another-path",
            "After unstaging, a volume may be staged at another path.",
            (b, form) -> {
              var disk = b.disk("a", form).attach().stage().unstage();
              var path = b.paths().staging("another");
              b.ok(disk.stageCall(path, disk.capability()));
              b.ok(new NodeUnstageVolume(disk.id(), path));
              b.same(0L, b.paths().mountsAt(path), "the mounts at the other path");
            })
        .add(
            "unstage-foreign-path",
            "Unstaging at a path where the volume is not staged leaves what is there.",
            b -> {
              var disk = b.disk("a").attach().stage();
              var sentinel = b.paths().sentinel("s");
              b.ask(new NodeUnstageVolume(disk.id(), sentinel));
              b.must(
                  b.paths().sentinelIsThere(sentinel), "a foreign folder untouched", "it is gone");
              disk.publish();
            })
        .list();
  }

  private static NodeStageVolume stage(
      Bench b, String volume, String path, VolumeCapability capability) {
    return new NodeStageVolume(
        new VolumeId(volume),
        Map.of(),
        path,
        capability,
        b.secrets("NodeStageVolumeSecret"),
        Map.of());
  }
}
