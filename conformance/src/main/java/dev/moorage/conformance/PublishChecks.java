package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.FAILED_PRECONDITION;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;
import static dev.moorage.csi.NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME;

import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.host.Files.Sort;
import dev.moorage.host.HostException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Showing a volume at a pod's path.
final class PublishChecks {
  private PublishChecks() {}

  static List<Check> all() {
    return new Topic(
            "node.publish",
            "CSI specification, NodePublishVolume",
            new Need.Node(),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    publish(b, "", b.paths().target("x"), b.volume("a").capability()),
                    INVALID_ARGUMENT))
        .add(
            "no-path",
            "A request without a target path is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    publish(b, b.name("none"), "", b.volume("a").capability()), INVALID_ARGUMENT))
        .add(
            "no-capability",
            "A request without a capability is refused with INVALID_ARGUMENT, though the volume is"
                + " unknown.",
            b ->
                b.refused(
                    publish(b, b.name("none"), b.paths().target("x"), VolumeCapability.MISSING),
                    INVALID_ARGUMENT))
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND.",
            b ->
                b.refused(
                    publish(b, b.name("none"), b.paths().target("x"), b.volume("a").capability()),
                    NOT_FOUND))
        .add(
            "no-staging-path",
            "Where volumes are staged first, a request without the staging path is refused with"
                + " FAILED_PRECONDITION.",
            b -> {
              var disk = b.disk("a").attach().stage();
              var call = disk.publishCall();
              b.refused(
                  new NodePublishVolume(
                      call.volume(),
                      call.publishContext(),
                      "",
                      call.targetPath(),
                      call.capability(),
                      call.readOnly(),
                      call.secrets(),
                      call.volumeContext()),
                  FAILED_PRECONDITION,
                  INVALID_ARGUMENT);
            },
            Need.local(STAGE_UNSTAGE_VOLUME))
        .add(
            "not-staged",
            "Where volumes are staged first, one that is not staged is not published.",
            b -> {
              var disk = b.disk("a").attach();
              b.refused(disk.publishCall(), FAILED_PRECONDITION, NOT_FOUND);
              b.must(!b.paths().exists(disk.target()), "no target path", "one");
            },
            Need.local(STAGE_UNSTAGE_VOLUME))
        .both(
            "works",
            "The driver makes the target path itself, of the right sort, and takes it away again.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              checkSort(b, disk);
              disk.unpublish();
              b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
              disk.unstage().detach();
            })
        .both(
            "again",
            "Publishing again changes nothing: no mount on top of the first.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              long mounts = b.paths().mountsAt(disk.target());
              for (int i = 0; i < 5; i++) disk.publish();
              b.same(mounts, b.paths().mountsAt(disk.target()), "the mounts at the target path");
              disk.unpublish();
              b.same(0L, b.paths().mountsAt(disk.target()), "the mounts at the target path");
            })
        .both(
            "shows-the-volume",
            "What is written through the target path is in the volume, not in the folder below it.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              disk.unpublish();
              b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
              disk.publish();
              disk.mustHold("mine", "what was written");
            })
        .both(
            "read-only",
            "Published read-only, a volume can be read and not written.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              disk.unpublish();
              b.ok(disk.publishCall(disk.target(), true));
              disk.mustHold("mine", "what was written");
              mustNotWrite(b, disk, disk.target());
            })
        .add(
            "existing-folder",
            "A target folder that is there already, empty, is used.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).attach().stage();
              b.paths().made(disk.target());
              disk.publish();
              disk.write("mine");
              disk.unpublish();
              b.same(0L, b.paths().mountsAt(disk.target()), "the mounts at the target path");
            },
            Need.takes(Form.MOUNT))
        .add(
            "long-path",
            "A target path may be longer than 128 bytes.",
            b -> {
              var disk = b.disk("a").attach().stage();
              var path =
                  b.paths().made(b.paths().folder() + ("/" + "long".repeat(15)).repeat(3))
                      + "/mount";
              b.ok(disk.publishCall(path, false));
              b.ok(disk.unpublishCall(path));
              b.must(!b.paths().exists(path), "the target path gone", "it is there");
            })
        .by("Kubernetes, CSIDriver podInfoOnMount and tokenRequests")
        .add(
            "pod-info",
            "What the kubelet adds about the pod to the volume context is accepted.",
            b -> {
              var disk = b.disk("a").attach().stage();
              b.ok(
                  disk.publishCall(
                      disk.target(), disk.capability(), false, withPod(disk.volume().context())));
            })
        .by("CSI specification, NodeUnpublishVolume")
        .add(
            "unpublish-no-volume",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    new NodeUnpublishVolume(new VolumeId(""), b.paths().target("x")),
                    INVALID_ARGUMENT))
        .add(
            "unpublish-no-path",
            "A request without a target path is refused with INVALID_ARGUMENT.",
            b -> b.refused(b.disk("a").unpublishCall(""), INVALID_ARGUMENT))
        .add(
            "unpublish-unknown",
            "An unknown volume counts as unpublished, or is not found.",
            b ->
                b.okOr(
                    new NodeUnpublishVolume(new VolumeId(b.name("none")), b.paths().target("x")),
                    NOT_FOUND))
        .add(
            "unpublish-never-published",
            "A volume that was never published is unpublished.",
            b -> b.ok(b.disk("a").attach().stage().unpublishCall()))
        .both(
            "unpublish-again",
            "A volume can be unpublished twice.",
            (b, form) -> b.disk("a", form).up().unpublish().unpublish())
        .both(
            "unpublish-after-foreign-unmount",
            "When somebody else took the mount away, unpublishing still succeeds.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              if (b.paths().mountsAt(disk.target()) == 0)
                throw new NotAsked("nothing is mounted at the target");
              b.host().mounts().unmount(disk.target());
              disk.down();
              b.must(!b.paths().exists(disk.target()), "the target path gone", "it is there");
            })
        .both(
            "publish-after-foreign-unmount",
            "When somebody else took the mount away, publishing again shows the volume again.",
            (b, form) -> {
              var disk = b.disk("a", form).up();
              disk.write("mine");
              if (b.paths().mountsAt(disk.target()) == 0)
                throw new NotAsked("nothing is mounted at the target");
              b.host().mounts().unmount(disk.target());
              disk.publish();
              disk.mustHold("mine", "what was written");
            })
        .list();
  }

  private static void checkSort(Bench b, Disk disk) {
    var sort = b.host().files().look(disk.target()).map(its -> its.sort());
    if (disk.block())
      b.must(
          sort.filter(its -> its == Sort.BLOCK_DEVICE || its == Sort.FILE).isPresent(),
          "a device at the target path",
          sort);
    else b.must(sort.filter(its -> its == Sort.FOLDER).isPresent(), "a folder", sort);
  }

  static void mustNotWrite(Bench b, Disk disk, String target) {
    try {
      disk.write(target, "not mine");
    } catch (HostException refused) {
      return;
    }
    b.must(false, "a write to be refused at " + target, "written");
  }

  private static Map<String, String> withPod(Map<String, String> context) {
    var more = new TreeMap<>(context);
    more.put("csi.storage.k8s.io/pod.name", "pod");
    more.put("csi.storage.k8s.io/pod.namespace", "default");
    more.put("csi.storage.k8s.io/pod.uid", "0f7b8a2e-6a8e-4f0e-9a57-2f0c5b1c9a10");
    more.put("csi.storage.k8s.io/serviceAccount.name", "default");
    more.put("csi.storage.k8s.io/ephemeral", "false");
    return more;
  }

  private static NodePublishVolume publish(
      Bench b, String volume, String target, VolumeCapability capability) {
    return new NodePublishVolume(
        new VolumeId(volume),
        Map.of(),
        b.paths().staging("x"),
        target,
        capability,
        false,
        b.secrets("NodePublishVolumeSecret"),
        Map.of());
  }
}
