package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.MODIFY_VOLUME;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Changing what can be changed of a volume.
final class ModifyChecks {
  private static final Map<String, String> UNKNOWN = Map.of("mc-no-such-key", "mc-no-such-value");

  private ModifyChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.modify",
            "CSI specification, ControllerModifyVolume",
            Need.central(MODIFY_VOLUME),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b -> b.refused(modify(b, "", mutable(b)), INVALID_ARGUMENT))
        .add(
            "unknown-volume",
            "An unknown volume is refused with NOT_FOUND.",
            b -> b.refused(modify(b, b.name("none"), mutable(b)), NOT_FOUND))
        .add(
            "unknown-key",
            "An unknown key is refused with INVALID_ARGUMENT.",
            b -> b.refused(modify(b, b.disk("a").id().text(), UNKNOWN), INVALID_ARGUMENT))
        .add(
            "create-unknown-key",
            "A volume with an unknown mutable parameter is not made but refused with"
                + " INVALID_ARGUMENT.",
            b -> {
              b.refused(b.volume("a").mutable(UNKNOWN).call(), INVALID_ARGUMENT);
              b.ok(b.volume("a").call());
            })
        .add(
            "works",
            "A volume made without mutable parameters can be changed, and changed again.",
            b -> {
              var disk = b.disk("a");
              for (int i = 0; i < 3; i++) b.ok(modify(b, disk.id().text(), mutable(b)));
            },
            new Need.Mutable())
        .add(
            "create-with",
            "A volume can be made with mutable parameters, found again, and changed.",
            b -> {
              var disk = b.disk(b.volume("a").mutable(mutable(b)));
              b.same(disk.volume(), b.ok(disk.wish().call()), "the same volume");
              b.ok(modify(b, disk.id().text(), mutable(b)));
            },
            new Need.Mutable())
        .add(
            "all-or-nothing",
            "A good key beside an unknown one is refused with INVALID_ARGUMENT, and so is a volume"
                + " made with both.",
            b -> {
              var both = new TreeMap<>(mutable(b));
              both.putAll(UNKNOWN);
              var disk = b.disk("a");
              b.refused(modify(b, disk.id().text(), both), INVALID_ARGUMENT);
              b.same(disk.volume(), b.ok(disk.wish().call()), "the volume as it was");
              b.refused(b.volume("b").mutable(both).call(), INVALID_ARGUMENT);
            },
            new Need.Mutable())
        .add(
            "in-use",
            "A volume in use can be changed, and holds what it held.",
            b -> {
              var disk = b.disk("a").up();
              disk.write("mine");
              b.ok(modify(b, disk.id().text(), mutable(b)));
              disk.mustHold("mine", "what was written");
              disk.down().up();
              disk.mustHold("mine", "what was written");
            },
            new Need.Mutable(),
            new Need.Node(),
            Need.takes(Form.MOUNT))
        .list();
  }

  private static Map<String, String> mutable(Bench b) {
    var given = b.options().wanted().mutable();
    return given.isEmpty() ? UNKNOWN : given;
  }

  static ControllerModifyVolume modify(Bench b, String volume, Map<String, String> mutable) {
    return new ControllerModifyVolume(
        new VolumeId(volume), b.secrets("ControllerModifyVolumeSecret"), mutable);
  }
}
