package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;

import java.util.List;

/// Target paths that somebody has prepared.
final class PathChecks {
  private PathChecks() {}

  static List<Check> all() {
    return new Topic(
            "node.paths",
            "CSI specification, NodePublishVolume: the driver makes and removes the target path",
            new Need.Node(),
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "link-at-target",
            "A symbolic link at the target path is not followed by publishing.",
            b -> {
              var sentinel = b.paths().sentinel("s");
              var disk = b.disk("a").attach().stage();
              b.raw().link(disk.target(), sentinel);
              b.ask(disk.publishCall());
              b.same(0L, b.paths().mountsAt(sentinel), "the mounts behind the link");
              b.must(b.paths().sentinelIsThere(sentinel), "what is behind the link", "it is gone");
            },
            new Need.Raw())
        .add(
            "link-at-target-unpublish",
            "A symbolic link at the target path is not followed by unpublishing.",
            b -> {
              var sentinel = b.paths().sentinel("s");
              var disk = b.disk("a").attach().stage();
              b.raw().link(disk.target(), sentinel);
              b.ask(disk.unpublishCall());
              b.must(b.paths().sentinelIsThere(sentinel), "what is behind the link", "it is gone");
            },
            new Need.Raw())
        .add(
            "link-to-staging",
            "A symbolic link at the target path to another volume does not unmount that volume.",
            b -> {
              var other = b.disk("other").up();
              var disk = b.disk("a").attach().stage();
              b.raw().link(disk.target(), other.target());
              b.ask(disk.unpublishCall());
              other.write("mine");
              other.mustHold("mine", "the other volume");
              b.must(b.paths().mountsAt(other.target()) > 0, "the other volume's mount", "none");
            },
            new Need.Raw(),
            Need.takes(Form.MOUNT))
        .add(
            "file-at-target",
            "Where a file stands at the target of a mount, publishing is refused, or makes a folder of"
                + " it.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).attach().stage();
              b.host().files().write(disk.target(), "a file");
              if (b.ask(disk.publishCall()).given()) disk.write("mine");
            },
            Need.takes(Form.MOUNT))
        .add(
            "full-folder-at-target",
            "A file in a folder at the target path is never deleted.",
            b -> {
              var disk = b.disk("a", Form.MOUNT).attach().stage();
              b.paths().made(disk.target());
              b.host().files().write(disk.target() + "/keep.txt", "keep");
              b.ask(disk.publishCall());
              b.ask(disk.unpublishCall());
              b.must(
                  b.paths().mountsAt(disk.target()) > 0 || b.paths().sentinelIsThere(disk.target()),
                  "the file",
                  "it is gone");
              if (b.paths().mountsAt(disk.target()) == 0)
                b.host().files().removeFile(disk.target() + "/keep.txt"); // so that all can end
            },
            Need.takes(Form.MOUNT))
        .add(
            "unpublish-foreign-folder",
            "Unpublishing at a folder that is not the driver's deletes nothing in it.",
            b -> {
              var sentinel = b.paths().sentinel("s");
              var disk = b.disk("a").attach().stage();
              b.ask(disk.unpublishCall(sentinel));
              b.must(b.paths().sentinelIsThere(sentinel), "the folder untouched", "it is gone");
            })
        .add(
            "unpublish-by-another-volume",
            "Unpublishing a volume at the path of another one leaves that one.",
            b -> {
              var one = b.disk("one").up();
              var other = b.disk("other").attach().stage();
              one.write("mine");
              b.ask(other.unpublishCall(one.target()));
              b.must(b.paths().mountsAt(one.target()) > 0, "the first volume's mount", "none");
              one.mustHold("mine", "the first volume");
            },
            Need.takes(Form.MOUNT))
        .add(
            "publish-over-another-volume",
            "A volume is not published at the path of another one.",
            b -> {
              var one = b.disk("one").up();
              var other = b.disk("other").attach().stage();
              b.mustRefuse(other.publishCall(one.target(), false));
              b.same(1L, b.paths().mountsAt(one.target()), "the mounts at the first one's path");
            },
            Need.takes(Form.MOUNT))
        .add(
            "upwards",
            "A target path with `..` in it is refused, or leads where the kernel says.",
            b -> {
              var disk = b.disk("a").attach().stage();
              var plain = b.paths().target("plain");
              var sentinel = b.paths().sentinel("s");
              var winding = sentinel + "/../pod-plain/mount";
              if (b.okOr(disk.publishCall(winding, false), INVALID_ARGUMENT).given()) {
                b.must(b.paths().exists(plain), "a target at " + plain, "none");
                b.ok(disk.unpublishCall(winding));
                b.same(0L, b.paths().mountsAt(plain), "the mounts at " + plain);
              }
              b.must(b.paths().sentinelIsThere(sentinel), "the folder on the way", "it is gone");
            })
        .add(
            "relative",
            "A target path that does not begin at the root is refused.",
            b -> {
              var disk = b.disk("a").attach().stage();
              b.mustRefuse(disk.publishCall("mc-relative/mount", false));
            })
        .add(
            "odd-characters",
            "Blanks and other characters in a target path are parts of it.",
            b -> {
              var disk = b.disk("a").attach().stage();
              var path =
                  b.paths().made(b.paths().folder() + "/with blank, comma\\040 and ü") + "/mount";
              b.ok(disk.publishCall(path, false));
              b.ok(disk.unpublishCall(path));
              b.same(false, b.paths().exists(path), "whether the target path is there");
            })
        .list();
  }
}
