package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.GET_VOLUME_HEALTH;
import static dev.moorage.csi.ControllerGetCapabilities.Capability.LIST_VOLUME_HEALTH;
import static dev.moorage.csi.CsiException.Code.ABORTED;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.NOT_FOUND;

import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeId;
import java.util.List;

/// What is wrong with volumes (CSI 1.13).
final class HealthChecks {
  private static final Need HERE = Need.local(NodeGetCapabilities.Capability.GET_VOLUME_HEALTH);
  private static final Need CENTRAL = Need.central(GET_VOLUME_HEALTH);
  private static final Need LISTED = Need.central(LIST_VOLUME_HEALTH);

  private HealthChecks() {}

  static List<Check> all() {
    return new Topic(
            "health",
            "CSI specification 1.13, ControllerGetVolumeHealth",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "no-id",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b -> b.refused(health(""), INVALID_ARGUMENT),
            CENTRAL)
        .add(
            "unknown",
            "An unknown volume is refused with NOT_FOUND.",
            b -> b.refused(health(b.name("none")), NOT_FOUND),
            CENTRAL)
        .add(
            "well",
            "Of a new volume nothing adverse is told.",
            b -> {
              var disk = b.disk("a");
              var health = b.ok(health(disk.id().text()));
              b.same(disk.id(), health.volume(), "the volume");
              b.same(List.of(), health.entries(), "what is wrong with it");
            },
            CENTRAL)
        .by("CSI specification 1.13, ControllerListVolumeHealth")
        .add(
            "list",
            "The volumes that are not well can be listed, page by page; a new one is not among them.",
            b -> {
              var disk = b.disk("a");
              for (int most : List.of(0, 1))
                for (var health : listed(b, most)) {
                  b.must(!health.volume().text().isEmpty(), "a volume with an id", health);
                  b.must(!health.volume().equals(disk.id()), "only what is not well", health);
                }
            },
            LISTED)
        .add(
            "list-bad-tokens",
            "A token that the driver did not give is refused with ABORTED.",
            b -> {
              for (var token : ListChecks.NO_TOKENS)
                b.refused(new ControllerListVolumeHealth(0, token, Secrets.NONE), ABORTED);
            },
            LISTED)
        .add(
            "list-negative",
            "A negative number of entries is refused with INVALID_ARGUMENT.",
            b -> b.refused(new ControllerListVolumeHealth(-1, "", Secrets.NONE), INVALID_ARGUMENT),
            LISTED)
        .by("CSI specification 1.13, NodeGetVolumeHealth")
        .add(
            "node-no-id",
            "A request without a volume is refused with INVALID_ARGUMENT.",
            b ->
                b.refused(
                    new NodeGetVolumeHealth(new VolumeId(""), b.paths().folder(), ""),
                    INVALID_ARGUMENT),
            HERE)
        .add(
            "node-unknown",
            "An unknown volume is refused with NOT_FOUND.",
            b ->
                b.refused(
                    new NodeGetVolumeHealth(
                        new VolumeId(b.name("none")), b.paths().folder() + "/x", ""),
                    NOT_FOUND),
            HERE)
        .add(
            "node-well",
            "Of a volume in use nothing adverse is told.",
            b -> {
              var disk = b.disk("a").up();
              var health = b.ok(new NodeGetVolumeHealth(disk.id(), disk.target(), disk.staging()));
              b.same(List.of(), health.entries(), "what is wrong with it");
            },
            HERE)
        .by("CSI specification 1.13, NodeGetStorageHealth")
        .add(
            "storage",
            "A node that can use the storage tells nothing adverse.",
            b ->
                b.same(
                    List.of(),
                    b.ok(new NodeGetStorageHealth(Secrets.NONE)).entries(),
                    "what is wrong"),
            Need.local(NodeGetCapabilities.Capability.GET_STORAGE_HEALTH))
        .list();
  }

  private static ControllerGetVolumeHealth health(String volume) {
    return new ControllerGetVolumeHealth(new VolumeId(volume), Secrets.NONE);
  }

  private static List<VolumeHealth> listed(Bench b, int most) {
    return Pages.read(
        b,
        (max, token) -> {
          var page = b.ok(new ControllerListVolumeHealth(max, token, Secrets.NONE));
          return new Pages.Page<>(page.entries(), page.nextToken());
        },
        most);
  }
}
