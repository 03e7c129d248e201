package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException;
import java.util.List;

/// What volumes hold.
final class ContentChecks {
  private ContentChecks() {}

  static List<Check> all() {
    return new Topic(
            "content",
            "CSI specification, lifecycle of a volume",
            new Need.Node(),
            Need.central(CREATE_DELETE_VOLUME))
        .both(
            "survives",
            "What was written is there after a whole way down and up again.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("kept");
              disk.down().up();
              disk.mustHold("kept", "what was written");
            })
        .both(
            "apart",
            "Two volumes do not share what they hold.",
            (b, form) -> {
              var one = b.disk("one", form).up();
              var other = b.disk("other", form).up();
              one.write("one");
              other.write("other");
              one.mustHold("one", "the first volume");
              other.mustHold("other", "the second volume");
            })
        .add(
            "empty",
            "A new volume's filesystem is empty.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).up();
              var names =
                  b.host().files().names(disk.target()).stream()
                      .filter(name -> !name.equals("lost+found"))
                      .toList();
              b.same(List.of(), names, "what is in a new volume");
            },
            Need.takes(Form.MOUNT))
        .by("CSI specification, CreateVolume, capacity_bytes")
        .both(
            "size-shown",
            "A volume shows about the size that was promised: a device all of it, a filesystem three"
                + " quarters at least.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              var promised = disk.volume().capacity().max(b.options().wanted().size());
              var shown = disk.shown();
              b.must(!shown.isAbove(promised), promised + " at most", shown);
              var least = form == Form.BLOCK ? promised.count() : promised.count() / 4 * 3;
              b.must(!shown.isBelow(new Bytes(least)), new Bytes(least) + " at least", shown);
            })
        .add(
            "size-enforced",
            "More than a volume's size does not fit into it.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).up();
              var size = disk.volume().capacity().max(b.options().wanted().size());
              try {
                b.host().files().allocate(disk.target() + "/much", size.plus(Bytes.mebi(64)));
              } catch (HostException full) {
                return;
              }
              b.must(false, "no room for more than " + size, "room for it");
            },
            Need.takes(Form.MOUNT))
        .list();
  }
}
