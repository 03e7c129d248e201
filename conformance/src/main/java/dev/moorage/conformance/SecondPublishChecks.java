package dev.moorage.conformance;

import static dev.moorage.csi.AccessMode.MULTI_NODE_MULTI_WRITER;
import static dev.moorage.csi.AccessMode.SINGLE_NODE_MULTI_WRITER;
import static dev.moorage.csi.AccessMode.SINGLE_NODE_SINGLE_WRITER;
import static dev.moorage.csi.AccessMode.SINGLE_NODE_WRITER;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities;
import java.util.ArrayList;
import java.util.List;

/// A volume that is published on this node already: the specification's table.
final class SecondPublishChecks {
  private static final Need SINGLE_NODE_MODES =
      Need.central(ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);

  private SecondPublishChecks() {}

  static List<Check> all() {
    var topic =
        new Topic(
            "node.second-publish",
            "CSI specification, NodePublishVolume, second call for a volume on the same node",
            new Need.Node(),
            Need.central(CREATE_DELETE_VOLUME));
    samePath(topic, SINGLE_NODE_WRITER);
    samePath(topic, SINGLE_NODE_MULTI_WRITER, SINGLE_NODE_MODES);
    samePath(topic, SINGLE_NODE_SINGLE_WRITER, SINGLE_NODE_MODES);
    samePath(topic, MULTI_NODE_MULTI_WRITER);
    otherPathShared(topic, SINGLE_NODE_MULTI_WRITER, SINGLE_NODE_MODES);
    otherPathShared(topic, MULTI_NODE_MULTI_WRITER);
    return topic
        .both(
            "other-path.single-writer",
            "For one writer alone, a second path is refused with FAILED_PRECONDITION.",
            (b, form) -> {
              var disk = b.disk(b.volume("a", form).used(form, SINGLE_NODE_SINGLE_WRITER)).up();
              b.refused(disk.publishCall(disk.target("b"), false), FAILED_PRECONDITION);
              b.refused(disk.publishCall(disk.target("c"), true), FAILED_PRECONDITION);
              b.must(!b.paths().exists(disk.target("b")), "no second target path", "one");
              disk.unpublish();
              b.ok(disk.publishCall(disk.target("b"), false));
            },
            SINGLE_NODE_MODES)
        .both(
            "other-path.writer",
            "For SINGLE_NODE_WRITER a second path is refused with FAILED_PRECONDITION, or shows the"
                + " volume, as Kubernetes' ReadWriteOnce does.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              if (b.okOr(disk.publishCall(disk.target("b"), false), FAILED_PRECONDITION).given())
                b.same("mine", disk.read(disk.target("b")), "what the second path shows");
            })
        .both(
            "other-path.read-only",
            "A second path may be read-only while the first one is written, and then takes no writes.",
            (b, form) -> {
              var mode = shared(b, form);
              var disk = b.disk(b.volume("a", form).used(form, mode)).up();
              var second = disk.publishCall(disk.target("b"), true);
              // A kernel refuses writes to a device at all its paths or at none.
              if (form == Form.MOUNT) b.ok(second);
              else if (!b.okOr(second, FAILED_PRECONDITION).given()) return;
              disk.write("mine");
              b.same("mine", disk.read(disk.target("b")), "what the second path shows");
              PublishChecks.mustNotWrite(b, disk, disk.target("b"));
              disk.write("still mine");
            })
        .both(
            "unpublish-one",
            "Unpublishing one path leaves the other.",
            (b, form) -> {
              var disk = b.disk(b.volume("a", form).used(form, shared(b, form))).up();
              b.ok(disk.publishCall(disk.target("b"), false));
              disk.unpublish();
              disk.write(disk.target("b"), "mine");
              b.same("mine", disk.read(disk.target("b")), "what the other path shows");
              b.ok(disk.unpublishCall(disk.target("b")));
            })
        .list();
  }

  /// A mode that several users on one node share.
  private static AccessMode shared(Bench b, Form form) {
    for (var mode : List.of(SINGLE_NODE_MULTI_WRITER, MULTI_NODE_MULTI_WRITER))
      if (!b.refuses(form, mode)) return mode;
    throw new NotAsked("the driver takes no mode that several users on one node share");
  }

  private static void samePath(Topic topic, AccessMode mode, Need... needs) {
    var all = with(needs, new Need.Takes(Form.MOUNT, mode));
    topic.add(
        "same-path-other-read-only." + mode,
        "At the same path, another read-only flag is refused with ALREADY_EXISTS (" + mode + ").",
        b -> {
          var disk = b.disk(b.volume("a").used(Form.MOUNT, mode)).up();
          b.refused(disk.publishCall(disk.target(), true), ALREADY_EXISTS);
          disk.write("mine");
        },
        all);
    topic.add(
        "same-path-other-capability." + mode,
        "At the same path, another capability is refused (" + mode + ").",
        b -> {
          var disk = b.disk(b.volume("a").used(Form.MOUNT, mode)).up();
          b.refused(
              disk.publishCall(disk.target(), Form.BLOCK.capability(mode, ""), false),
              ALREADY_EXISTS,
              FAILED_PRECONDITION,
              INVALID_ARGUMENT);
          disk.write("mine");
        },
        all);
  }

  private static void otherPathShared(Topic topic, AccessMode mode, Need... needs) {
    topic.add(
        "other-path." + mode,
        "A second path shows the same volume (" + mode + ").",
        b -> {
          var disk = b.disk(b.volume("a").used(Form.MOUNT, mode)).up();
          disk.write("mine");
          b.ok(disk.publishCall(disk.target("b"), false));
          b.same("mine", disk.read(disk.target("b")), "what the second path shows");
          disk.write(disk.target("b"), "changed");
          disk.mustHold("changed", "what the first path shows");
        },
        with(needs, new Need.Takes(Form.MOUNT, mode)));
  }

  private static Need[] with(Need[] needs, Need more) {
    var all = new ArrayList<>(List.of(needs));
    all.add(more);
    return all.toArray(Need[]::new);
  }
}
