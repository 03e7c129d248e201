package dev.moorage.conformance.mutants;

import static dev.moorage.conformance.mutants.Bench.MOUNT;
import static dev.moorage.conformance.mutants.Bench.ONE;
import static dev.moorage.conformance.mutants.Bench.allSnapshots;
import static dev.moorage.conformance.mutants.Bench.allVolumes;
import static dev.moorage.conformance.mutants.Bench.delete;
import static dev.moorage.conformance.mutants.Bench.publish;
import static dev.moorage.conformance.mutants.Bench.snapshot;
import static dev.moorage.conformance.mutants.Bench.unpublish;

import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.Topology;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What shows the bugs of identity, concurrency, deadlines, limits, secrets and health.
final class GeneralDrives {
  private static final VolumeId UNKNOWN = new VolumeId("vol-unknown");

  private final Drives drives;

  GeneralDrives(Drives drives) {
    this.drives = drives;
  }

  void addAll() {
    identity();
    capabilities();
    node();
    concurrency();
    deadlines();
    codes();
    limits();
    secrets();
    health();
    conditions();
  }

  private void add(String mutant, Function<Bench, String> drive) {
    drives.add(mutant, drive);
  }

  private void add(String mutant, CsiCall<?>... calls) {
    drives.add(mutant, bench -> bench.say(calls));
  }

  private void identity() {
    add("identity-no-name", new GetPluginInfo());
    add("identity-bad-name", new GetPluginInfo());
    add("identity-no-version", new GetPluginInfo());
    add("identity-never-ready", new Probe());
    add("identity-probe-fails", new Probe());
    add("identity-capabilities-flap", bench -> capabilitiesOf(bench) + capabilitiesOf(bench));
  }

  /// Sets have no order of their own.
  private static String capabilitiesOf(Bench bench) {
    return bench.ask(new GetPluginCapabilities()).capabilities().stream().sorted().toList() + "";
  }

  private void capabilities() {
    add(
        "capabilities-clone-refused",
        bench -> {
          var source = new ContentSource.Volume(bench.make("one").id());
          return central(bench) + bench.say(Alter.source(Bench.create("clone"), source));
        });
    add(
        "capabilities-restore-refused",
        bench -> {
          var cut = bench.ask(snapshot(bench.make("one"), "cut"));
          return central(bench) + bench.say(Bench.restore(cut, "restored"));
        });
    add("capabilities-list-unimplemented", bench -> central(bench) + bench.say(allVolumes()));
    add(
        "capabilities-capacity-unimplemented",
        bench -> central(bench) + bench.say(new GetCapacity(List.of(), Map.of(), Topology.NONE)));
    add("capabilities-no-expansion-kind", GeneralDrives::capabilitiesOf);
    add("capabilities-no-controller", GeneralDrives::capabilitiesOf);
    add(
        "capabilities-stage-hidden",
        bench ->
            bench.ask(new NodeGetCapabilities()).capabilities().stream().sorted().toList() + "");
    add("capabilities-wrong-refusal", new NodeGetStorageHealth(Secrets.NONE));
  }

  private static String central(Bench bench) {
    return bench.ask(new ControllerGetCapabilities()).capabilities().stream().sorted().toList()
        + "";
  }

  private void node() {
    add("nodeinfo-no-id", new NodeGetInfo());
    add("nodeinfo-id-changes", new NodeGetInfo());
    add("nodeinfo-negative-limit", new NodeGetInfo());
    add("nodeinfo-other-key", new NodeGetInfo());
    add("nodeinfo-bad-topology", new NodeGetInfo());
  }

  private void concurrency() {
    add("concurrency-twin-creates", bench -> during(bench, ONE, ONE));
    add(
        "concurrency-twin-snapshots",
        bench -> {
          var cut = snapshot(bench.make("one"), "cut");
          return during(bench, cut, cut) + bench.say(allSnapshots());
        });
    add("concurrency-mixed-creates", bench -> during(bench, ONE, Bench.create("two")));
    add(
        "concurrency-global-lock",
        bench -> {
          var two = bench.make("two");
          return during(bench, ONE, delete(two));
        });
    add("concurrency-list-breaks", bench -> during(bench, ONE, allVolumes()));
    add("concurrency-lock-kept", bench -> bench.say(Bench.sized("one", 64, 32), ONE));
  }

  /// One call, and another that comes while it is under way.
  private static String during(Bench bench, CsiCall<?> call, CsiCall<?> other) {
    var said = new StringBuilder();
    bench.plain.meanwhile(() -> said.append(bench.say(other)));
    return bench.say(call) + said + bench.say(allVolumes());
  }

  private void deadlines() {
    add(
        "deadline-begins-anew",
        bench -> {
          bench.sayHurried(ONE);
          return bench.say(ONE, allVolumes());
        });
    add(
        "deadline-retry-fails",
        bench -> {
          var one = bench.staged();
          bench.sayHurried(publish(one));
          return bench.say(publish(one));
        });
    add(
        "deadline-ok-undone",
        bench -> bench.sayHurried(delete(bench.make("one"))) + bench.say(allVolumes()));
    add(
        "deadline-unpublish-later",
        bench -> bench.say(unpublish(bench.published())) + bench.target());
  }

  private void codes() {
    add("codes-unknown", new ControllerGetVolume(UNKNOWN));
    add("codes-internal", new ControllerGetVolume(UNKNOWN));
    add("codes-precondition-aborted", bench -> bench.say(publish(bench.make("one"))));
    add("codes-no-message", new ControllerGetVolume(UNKNOWN));
  }

  private void limits() {
    add("limit-long-name-breaks", Bench.create("n".repeat(128)));
    add("limit-too-long-name-ok", Bench.create("n".repeat(129)));
    add("limit-name-cut", Bench.create("n".repeat(100)), Bench.create("n".repeat(99) + "m"));
    add("limit-unicode-breaks", Bench.create("größe"));
    add("limit-slash-breaks", Bench.create("a/../b"));
    add("limit-control-characters-ok", Bench.create("a\u0001b"));
    add(
        "limit-snapshot-name-breaks",
        bench -> bench.say(snapshot(bench.make("one"), "n".repeat(128))));
    add(
        "limit-stage-path-breaks",
        bench -> {
          var path = "/var/lib/" + "s".repeat(128);
          bench.host.files().makeFolder(path, 0755);
          return bench.say(
              new NodeStageVolume(
                  bench.make("one").id(), Map.of(), path, MOUNT, Secrets.NONE, Map.of()));
        });
    add(
        "limit-publish-path-breaks",
        bench ->
            bench.say(publish(bench.staged(), "/var/lib/pods/" + "t".repeat(128), MOUNT, false)));
  }

  private void secrets() {
    add("secrets-in-message", Bench.sized("one", 64, 32));
    add("secrets-in-volume-context", ONE);
    add(
        "secrets-in-publish-context",
        bench -> bench.say(Bench.attach(bench.make("one"), "node-a", false)));
  }

  private static ControllerGetVolumeHealth health(VolumeId volume) {
    return new ControllerGetVolumeHealth(volume, Secrets.NONE);
  }

  private static ControllerListVolumeHealth list() {
    return new ControllerListVolumeHealth(0, "", Secrets.NONE);
  }

  private void health() {
    add("health-unwell-not-told", sick(GeneralDrives::health));
    add("health-unwell-not-listed", sick(_ -> list()));
    add("health-well-listed", sick(_ -> list()));
    add("health-unknown-ok", health(UNKNOWN));
    add("health-no-reason", sick(GeneralDrives::health));
    add("health-twice-told", sick(GeneralDrives::health));
    add("health-list-never-ends", sick(_ -> list()));
    add("health-node-blind", sick(volume -> new NodeGetVolumeHealth(volume, "", "")));
  }

  /// What is said of an unwell volume beside a well one.
  private static Function<Bench, String> sick(Function<VolumeId, CsiCall<?>> call) {
    return bench -> {
      var one = bench.make("one").id();
      bench.make("two");
      bench.plain.sicken(one);
      return bench.say(call.apply(one));
    };
  }

  private void conditions() {
    add("condition-untold", sick(_ -> allVolumes()));
    add("condition-always-well", sick(ControllerGetVolume::new));
    add("condition-no-message", sick(ControllerGetVolume::new));
  }
}
