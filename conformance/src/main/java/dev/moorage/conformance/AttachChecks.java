package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_READONLY;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.CsiException.Code.RESOURCE_EXHAUSTED;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;

/// Attaching a volume to a node, and detaching it.
final class AttachChecks {
  private AttachChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.attach",
            "CSI specification, ControllerPublishVolume",
            Need.central(PUBLISH_UNPUBLISH_VOLUME),
            Need.central(CREATE_DELETE_VOLUME),
            new Need.Node())
        .add(
            "no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b -> b.refused(attach(b, "", node(b), usual(b)), INVALID_ARGUMENT))
        .add(
            "no-node",
            "A request without a node is refused with INVALID_ARGUMENT, though the volume is unknown.",
            b -> b.refused(attach(b, b.name("none"), "", usual(b)), INVALID_ARGUMENT))
        .add(
            "no-capability",
            "A request without a capability is refused with INVALID_ARGUMENT, though volume and node"
                + " are unknown.",
            b ->
                b.refused(
                    attach(b, b.name("none"), b.name("none"), VolumeCapability.MISSING),
                    INVALID_ARGUMENT))
        .add(
            "unknown-volume",
            "An unknown volume is refused with NOT_FOUND.",
            b -> {
              b.refused(attach(b, b.name("none"), node(b), usual(b)), NOT_FOUND);
              b.refused(attach(b, b.name("none"), b.name("none"), usual(b)), NOT_FOUND);
            })
        .add(
            "unknown-node",
            "An unknown node is refused with NOT_FOUND.",
            b -> {
              var disk = b.disk("a");
              b.refused(
                  disk.attachCall(new NodeId(b.name("none")), disk.capability(), false), NOT_FOUND);
            })
        .both(
            "again",
            "Attaching again gives the same context, which holds 4 KiB at most.",
            (b, form) -> {
              var disk = b.disk("a", form);
              var first = b.ok(disk.attachCall());
              b.must(
                  CreateChecks.bytes(first.publishContext()) <= CreateChecks.MAP_BYTES,
                  "a context of 4 KiB at most",
                  first);
              for (int i = 0; i < 5; i++) b.same(first, b.ok(disk.attachCall()), "the same answer");
            })
        .add(
            "again-read-only",
            "Attached writable, a volume is not attached read-only but refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk("a").attach();
              b.refused(disk.attachCall(disk.node(), disk.capability(), true), ALREADY_EXISTS);
            },
            Need.central(PUBLISH_READONLY))
        .add(
            "again-writable",
            "Attached read-only, a volume is not attached writable but refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk("a");
              b.ok(disk.attachCall(disk.node(), disk.capability(), true));
              b.refused(disk.attachCall(), ALREADY_EXISTS);
              b.ok(disk.detachCall());
              b.ok(disk.attachCall());
            },
            Need.central(PUBLISH_READONLY))
        .add(
            "again-other-form",
            "Attached for a filesystem, a volume is not attached as block, or the other way round.",
            b -> {
              var disk = b.disk("a").attach();
              var other =
                  (disk.block() ? Form.MOUNT : Form.BLOCK)
                      .capability(disk.capability().mode(), b.options().wanted().fsType());
              b.refused(
                  disk.attachCall(disk.node(), other, false),
                  ALREADY_EXISTS,
                  INVALID_ARGUMENT,
                  FAILED_PRECONDITION);
            })
        .add(
            "incompatible",
            "A use that the volume was not made for and cannot serve is refused.",
            b -> {
              var disk = b.disk("a");
              var mode = AccessMode.MULTI_NODE_MULTI_WRITER;
              if (!b.refuses(Form.MOUNT, mode)) throw new NotAsked("the driver takes " + mode);
              b.refused(
                  disk.attachCall(disk.node(), Form.MOUNT.capability(mode, ""), false),
                  INVALID_ARGUMENT,
                  FAILED_PRECONDITION,
                  ALREADY_EXISTS);
            })
        .add(
            "no-secrets-in-context",
            "No secret is in the context that goes to the node.",
            b -> {
              var context = b.ok(b.disk("a").attachCall()).publishContext();
              b.must(!b.tellsSecret(context.toString()), "no secret in the context", "one");
            },
            new Need.AnySecrets())
        .add(
            "limit",
            "A node at its limit is refused one more volume with RESOURCE_EXHAUSTED.",
            AttachChecks::limit,
            new Need.AttachLimit())
        .by("CSI specification, ControllerUnpublishVolume")
        .add(
            "detach-no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b -> b.refused(detach(b, "", node(b)), INVALID_ARGUMENT))
        .add(
            "detach-never-attached",
            "A volume that was never attached is detached.",
            b -> b.ok(b.disk("a").detachCall()))
        .add(
            "detach-again",
            "A volume can be detached twice, and attached again.",
            b -> {
              var disk = b.disk("a").attach().detach().detach();
              disk.attach().detach();
            })
        .add(
            "detach-from-all",
            "Without a node, a volume is detached from all.",
            b -> {
              var disk = b.disk("a").attach();
              b.ok(detach(b, disk.id().text(), ""));
              disk.delete();
            })
        .add(
            "detach-unknown-volume",
            "An unknown volume counts as detached, or is not found.",
            b -> b.okOr(detach(b, b.name("none"), node(b)), NOT_FOUND))
        .add(
            "detach-unknown-node",
            "From an unknown node a volume counts as detached, or it is not found; it stays attached"
                + " elsewhere.",
            b -> {
              var disk = b.disk("a").attach();
              b.okOr(detach(b, disk.id().text(), b.name("none")), NOT_FOUND);
              disk.stage().publish();
              if (b.facts().has(PUBLISH_READONLY))
                b.refused(disk.attachCall(disk.node(), disk.capability(), true), ALREADY_EXISTS);
            })
        .list();
  }

  private static void limit(Bench b) {
    int most = b.options().limits().attach();
    long told = b.facts().nodeInfo().orElseThrow(() -> new NotAsked("no node here")).maxVolumes();
    if (told == 0 || told > most)
      throw new NotAsked("the node tells a limit of " + told + ", leave is given for " + most);
    for (int i = 0; i < told; i++) b.disk("a" + i).attach();
    var disk = b.disk("one-more");
    b.refused(disk.attachCall(), RESOURCE_EXHAUSTED);
  }

  private static VolumeCapability usual(Bench b) {
    return b.volume("a").capability();
  }

  private static String node(Bench b) {
    return b.facts().nodeInfo().orElseThrow(() -> new NotAsked("no node here")).node().text();
  }

  private static ControllerPublishVolume attach(
      Bench b, String volume, String node, VolumeCapability capability) {
    return new ControllerPublishVolume(
        new VolumeId(volume),
        new NodeId(node),
        capability,
        false,
        b.secrets("ControllerPublishVolumeSecret"),
        Map.of());
  }

  private static ControllerUnpublishVolume detach(Bench b, String volume, String node) {
    return new ControllerUnpublishVolume(
        new VolumeId(volume), new NodeId(node), b.secrets("ControllerUnpublishVolumeSecret"));
  }
}
