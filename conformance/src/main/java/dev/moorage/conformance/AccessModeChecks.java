package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Each access mode in each form, from nothing to a pod and back.
final class AccessModeChecks {
  private AccessModeChecks() {}

  static List<Check> all() {
    var topic =
        new Topic(
            "access-mode",
            "CSI specification, VolumeCapability.AccessMode",
            Need.central(CREATE_DELETE_VOLUME));
    for (var mode : AccessMode.values())
      if (mode != AccessMode.UNKNOWN) for (var form : Form.values()) add(topic, mode, form);
    return topic
        .add(
            "no-form-at-all",
            "A driver makes volumes for SINGLE_NODE_WRITER, as block or mount.",
            b ->
                b.must(
                    !b.refuses(Form.MOUNT, AccessMode.SINGLE_NODE_WRITER)
                        || !b.refuses(Form.BLOCK, AccessMode.SINGLE_NODE_WRITER),
                    "a volume for SINGLE_NODE_WRITER",
                    "refused for block and for mount"))
        .list();
  }

  private static void add(Topic topic, AccessMode mode, Form form) {
    var needs = new ArrayList<Need>();
    if (mode == AccessMode.SINGLE_NODE_SINGLE_WRITER || mode == AccessMode.SINGLE_NODE_MULTI_WRITER)
      needs.add(Need.central(Capability.SINGLE_NODE_MULTI_WRITER));
    if (form == Form.BLOCK) needs.add(new Need.Raw());
    needs.add(new Need.Takes(form, mode));
    topic.add(
        mode.name().toLowerCase(Locale.ROOT).replace('_', '-') + "." + form.text(),
        "A volume that is made for " + mode + " can be used so (" + form.text() + ").",
        b -> used(b, mode, form),
        needs.toArray(Need[]::new));
  }

  private static void used(Bench b, AccessMode mode, Form form) {
    var disk = b.disk(b.volume("a", form).used(form, mode));
    b.must(
        ValidateChecks.confirms(b, disk, disk.capability()),
        "the use to be confirmed",
        "it is not");
    if (b.facts().node().isEmpty()) return;
    disk.up();
    if (mode.readOnly()) PublishChecks.mustNotWrite(b, disk, disk.target());
    else {
      disk.write("mine");
      disk.mustHold("mine", "what was written");
    }
    disk.down();
  }
}
