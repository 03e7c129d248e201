package dev.moorage.conformance.mutants;

import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth.Answer;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.VolumeCondition;
import dev.moorage.csi.VolumeHealth;
import dev.moorage.csi.VolumeHealth.Entry;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Drivers that tell wrongly which volumes are well.
final class HealthMutants {
  private static final String END = "the-end";

  private HealthMutants() {}

  static List<Mutant> all() {
    return Stream.of(calls(), conditions()).flatMap(List::stream).toList();
  }

  private static List<Mutant> calls() {
    return List.of(
        new Mutant(
            "health-unwell-not-told",
            "ControllerGetVolumeHealth finds nothing wrong with an unwell volume.",
            "drivers that answer from their own records",
            Bent.answering(ControllerGetVolumeHealth.class, HealthMutants::well)),
        new Mutant(
            "health-unwell-not-listed",
            "ControllerListVolumeHealth leaves the unwell volumes out.",
            "drivers that answer from their own records",
            Bent.answering(
                ControllerListVolumeHealth.class, page -> new Answer(List.of(), page.nextToken()))),
        new Mutant(
            "health-well-listed",
            "ControllerListVolumeHealth lists the volumes that are well too.",
            "rule: the list holds adverse conditions only",
            HealthMutants::everyVolume),
        new Mutant(
            "health-unknown-ok",
            "ControllerGetVolumeHealth finds nothing wrong with a volume that does not exist.",
            "rule: NOT_FOUND",
            Bent.forgiving(
                ControllerGetVolumeHealth.class,
                Code.NOT_FOUND,
                (call, _) -> new VolumeHealth(call.volume(), List.of()))),
        new Mutant(
            "health-no-reason",
            "ControllerGetVolumeHealth gives no reason.",
            "rule: a short reason in CamelCase",
            Bent.answering(ControllerGetVolumeHealth.class, HealthMutants::withoutReason)),
        new Mutant(
            "health-twice-told",
            "ControllerGetVolumeHealth tells the same status and reason twice.",
            "rule: both together are unique within a volume",
            Bent.answering(
                ControllerGetVolumeHealth.class,
                health ->
                    new VolumeHealth(
                        health.volume(),
                        health.entries().stream().<Entry>mapMulti(HealthMutants::twice).toList()))),
        new Mutant(
            "health-list-never-ends",
            "ControllerListVolumeHealth answers a token on the last page too, and no end ever.",
            "democratic-csi: wrong ends of pages",
            Bent.on(
                ControllerListVolumeHealth.class,
                (call, down) -> {
                  if (call.startingToken().equals(END)) return new Answer(List.of(), END);
                  var page = down.call(call);
                  return page.nextToken().isEmpty() ? new Answer(page.entries(), END) : page;
                })),
        new Mutant(
            "health-node-blind",
            "NodeGetVolumeHealth finds nothing wrong ever.",
            "drivers that answer what the specification permits at least",
            Bent.answering(NodeGetVolumeHealth.class, HealthMutants::well)));
  }

  private static VolumeHealth well(VolumeHealth health) {
    return new VolumeHealth(health.volume(), List.of());
  }

  private static void twice(Entry entry, Consumer<Entry> told) {
    told.accept(entry);
    told.accept(entry);
  }

  private static VolumeHealth withoutReason(VolumeHealth health) {
    return new VolumeHealth(
        health.volume(),
        health.entries().stream()
            .map(entry -> new Entry(entry.status(), "", entry.message()))
            .toList());
  }

  private static Csi everyVolume(World world) {
    var made = new Memory<VolumeId, Boolean>();
    return new Bent(world)
        .at(
            CreateVolume.class,
            (call, down) -> {
              var volume = down.call(call);
              made.put(volume.id(), true);
              return volume;
            })
        .at(
            ControllerListVolumeHealth.class,
            (call, down) -> {
              var page = down.call(call);
              if (!page.nextToken().isEmpty()) return page;
              var listed = page.entries().stream().map(VolumeHealth::volume).toList();
              var others =
                  made.all().keySet().stream()
                      .filter(id -> !listed.contains(id))
                      .map(id -> new VolumeHealth(id, List.of()));
              return new Answer(Stream.concat(page.entries().stream(), others).toList(), "");
            });
  }

  private static List<Mutant> conditions() {
    return List.of(
        new Mutant(
            "condition-untold",
            "Listing and stats leave the condition out although they are to tell it.",
            "rule: VOLUME_CONDITION makes the condition required",
            world ->
                new Bent(world)
                    .at(
                        ControllerGetVolume.class,
                        (call, down) -> told(down.call(call), Optional.empty()))
                    .at(
                        ListVolumes.class,
                        (call, down) -> {
                          var page = down.call(call);
                          return new ListVolumes.Answer(
                              page.entries().stream()
                                  .map(entry -> told(entry, Optional.empty()))
                                  .toList(),
                              page.nextToken());
                        })
                    .at(
                        NodeGetVolumeStats.class,
                        (call, down) -> new NodeGetVolumeStats.Answer(down.call(call).usage()))),
        new Mutant(
            "condition-always-well",
            "ControllerGetVolume tells that an abnormal volume is well.",
            "drivers that answer from their own records",
            Bent.answering(
                ControllerGetVolume.class,
                entry ->
                    told(entry, entry.condition().map(_ -> new VolumeCondition(false, "well"))))),
        new Mutant(
            "condition-no-message",
            "ControllerGetVolume tells a condition without a message.",
            "rule: both fields are required",
            Bent.answering(
                ControllerGetVolume.class,
                entry ->
                    told(
                        entry,
                        entry
                            .condition()
                            .map(condition -> new VolumeCondition(condition.abnormal(), ""))))));
  }

  private static ListVolumes.Entry told(
      ListVolumes.Entry entry, Optional<VolumeCondition> condition) {
    return new ListVolumes.Entry(entry.volume(), entry.published(), condition);
  }
}
