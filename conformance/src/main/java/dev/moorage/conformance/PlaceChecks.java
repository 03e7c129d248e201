package dev.moorage.conformance;

import static dev.moorage.csi.ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME;
import static dev.moorage.csi.CsiException.Code.ALREADY_EXISTS;
import static dev.moorage.csi.CsiException.Code.INVALID_ARGUMENT;
import static dev.moorage.csi.CsiException.Code.RESOURCE_EXHAUSTED;
import static dev.moorage.csi.GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS;

import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import java.util.List;
import java.util.TreeMap;

/// From where volumes can be reached.
final class PlaceChecks {
  private PlaceChecks() {}

  static List<Check> all() {
    return new Topic(
            "controller.place",
            "CSI specification, TopologyRequirement",
            Need.central(CREATE_DELETE_VOLUME))
        .add(
            "only-with-constraints",
            "Only a driver with accessibility constraints says from where a volume is reachable.",
            b -> {
              var places = b.disk("a").volume().accessible();
              b.must(
                  places.isEmpty() || b.facts().has(VOLUME_ACCESSIBILITY_CONSTRAINTS),
                  "no accessible_topology",
                  places);
            })
        .add(
            "told",
            "With accessibility constraints, a volume says from where it is reachable.",
            b -> {
              var places = b.disk("a").volume().accessible();
              b.must(!places.isEmpty(), "an accessible_topology", places);
              var keys = here(b).segments().keySet();
              for (var place : places)
                b.must(keys.containsAll(place.segments().keySet()), "keys out of " + keys, place);
            },
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .add(
            "here",
            "A volume that must be reachable from this node is.",
            b -> {
              var volume = b.disk(b.volume("a").at(here(b))).volume();
              b.must(reachable(volume, here(b)), "a place that holds " + here(b), volume);
            },
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .add(
            "here-or-nowhere",
            "Of two alternatives, one that nobody is at, the other is taken.",
            b -> {
              var volume = b.disk(b.volume("a").at(nowhere(b), here(b))).volume();
              b.must(reachable(volume, here(b)), "a place that holds " + here(b), volume);
            },
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .add(
            "nowhere",
            "A volume for a place that is not there is refused with RESOURCE_EXHAUSTED.",
            b ->
                b.refused(
                    b.volume("a").at(nowhere(b)).call(), RESOURCE_EXHAUSTED, INVALID_ARGUMENT),
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .add(
            "again-elsewhere",
            "A taken name for another place is refused with ALREADY_EXISTS.",
            b -> {
              var disk = b.disk(b.volume("a").at(here(b)));
              b.refused(
                  disk.wish().at(nowhere(b)).call(),
                  ALREADY_EXISTS,
                  RESOURCE_EXHAUSTED,
                  INVALID_ARGUMENT);
            },
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .add(
            "again-here",
            "A taken name for the place where the volume is gives the volume.",
            b -> {
              var disk = b.disk(b.volume("a").at(here(b)));
              b.same(disk.id(), b.ok(b.volume("a").call()).id(), "the same volume");
              b.same(
                  disk.id(),
                  b.ok(b.volume("a").at(nowhere(b), here(b)).call()).id(),
                  "the same volume");
            },
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS),
            new Need.Node())
        .list();
  }

  static Topology here(Bench b) {
    return b.facts().nodeInfo().orElseThrow(() -> new NotAsked("no node here")).topology();
  }

  /// The same keys, with values that nobody has.
  static Topology nowhere(Bench b) {
    var segments = new TreeMap<>(here(b).segments());
    segments.replaceAll((key, value) -> "mc-nowhere");
    return new Topology(segments);
  }

  private static boolean reachable(Volume volume, Topology from) {
    return volume.accessible().isEmpty()
        || volume.accessible().stream()
            .anyMatch(place -> from.segments().entrySet().containsAll(place.segments().entrySet()));
  }
}
