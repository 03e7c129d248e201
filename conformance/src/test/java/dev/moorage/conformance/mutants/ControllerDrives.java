package dev.moorage.conformance.mutants;

import static dev.moorage.conformance.mutants.Bench.BLOCK;
import static dev.moorage.conformance.mutants.Bench.EMPTY;
import static dev.moorage.conformance.mutants.Bench.MOUNT;
import static dev.moorage.conformance.mutants.Bench.ONE;
import static dev.moorage.conformance.mutants.Bench.allVolumes;
import static dev.moorage.conformance.mutants.Bench.attach;
import static dev.moorage.conformance.mutants.Bench.delete;
import static dev.moorage.conformance.mutants.Bench.expand;
import static dev.moorage.conformance.mutants.Bench.mount;
import static dev.moorage.conformance.mutants.Bench.sized;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.SnapshotId;
import dev.moorage.csi.Topology;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.ValidateVolumeCapabilities;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What shows the bugs of making, attaching, listing and growing volumes.
final class ControllerDrives {
  private static final VolumeId NO_ID = new VolumeId("");
  private static final VolumeId UNKNOWN = new VolumeId("vol-unknown");
  private static final Topology ELSEWHERE =
      new Topology(Map.of("topology.plain.test/node", "elsewhere"));
  private static final VolumeCapability STRANGE = mount("nosuchfs", AccessMode.SINGLE_NODE_WRITER);

  private final Drives drives;

  ControllerDrives(Drives drives) {
    this.drives = drives;
  }

  void addAll() {
    creates();
    repeats();
    deletes();
    attaches();
    validates();
    lists();
    capacities();
    expands();
    modifies();
  }

  private void add(String mutant, Function<Bench, String> drive) {
    drives.add(mutant, drive);
  }

  private void add(String mutant, CsiCall<?>... calls) {
    drives.add(mutant, bench -> bench.say(calls));
  }

  private static CreateVolume anonymous() {
    return Bench.create("");
  }

  private void creates() {
    add("create-size-halved", ONE);
    add("create-limit-ignored", sized("one", 64, 100));
    add("create-size-untold", ONE);
    add("create-limit-code", sized("one", 64, 32));
    add(
        "create-size-overflows",
        Alter.capacity(ONE, CapacityRange.atLeast(new Bytes(Long.MAX_VALUE / 2))));
    var missing = new ContentSource.Snapshot(new SnapshotId("snap-unknown"));
    add("create-source-ignored", this::cloneOf);
    add("create-source-untold", bench -> bench.say(cloneCall(bench.make("source"))));
    add("create-missing-source-ok", Alter.source(ONE, missing));
    add("create-missing-source-code", Alter.source(ONE, missing));
    add("create-topology-untold", ONE);
    add("create-topology-ignored", placed(ELSEWHERE));
    add("create-full-code", sized("one", 1 << 19, 0));
    add("create-no-name-ok", anonymous());
    add("create-no-capabilities-ok", Alter.capabilities(ONE, List.of()));
    add("create-any-parameter-ok", Alter.parameters(ONE, Map.of("nonsense", "1")));
    add("create-any-mode-ok", Alter.capabilities(ONE, List.of(STRANGE)));
    add("create-refused-but-made", sized("one", 64, 32), allVolumes());
  }

  private static CreateVolume cloneCall(Volume source) {
    return Alter.source(Bench.create("clone"), new ContentSource.Volume(source.id()));
  }

  private static CreateVolume placed(Topology place) {
    return new CreateVolume(
        "one",
        ONE.capacity(),
        ONE.capabilities(),
        Map.of(),
        Secrets.NONE,
        EMPTY,
        new TopologyRequirement(List.of(place), List.of(place)),
        Map.of());
  }

  private String cloneOf(Bench bench) {
    var source = bench.published();
    var clone = bench.ask(cloneCall(source));
    bench.ask(Bench.unpublish(source));
    bench.ask(Bench.unstage(source));
    bench.ask(Bench.stage(clone, MOUNT));
    bench.ask(Bench.publish(clone));
    return bench.target();
  }

  private void repeats() {
    add("create-other-size-ok", ONE, sized("one", 128, 0));
    add("create-other-code", ONE, sized("one", 128, 0));
    add("create-other-parameters-ok", ONE, Alter.parameters(ONE, Map.of("tier", "gold")));
    add("create-other-capabilities-ok", ONE, Alter.capabilities(ONE, List.of(BLOCK)));
    add(
        "create-other-source-ok",
        bench -> {
          var source = bench.make("source");
          return bench.say(
              ONE, Alter.source(ONE, new ContentSource.Volume(source.id())), allVolumes());
        });
    add("create-new-each-time", ONE, ONE);
    add("create-context-differs", ONE, ONE);
    add("create-case-blind", ONE, Bench.create("ONE"));
  }

  private void deletes() {
    add(
        "delete-twice-fails",
        bench -> {
          var one = bench.make("one");
          return bench.say(delete(one), delete(one));
        });
    add("delete-unknown-fails", new DeleteVolume(UNKNOWN, Secrets.NONE));
    add("delete-in-use-ok", bench -> bench.say(delete(bench.published())) + bench.target());
    add("delete-in-use-code", bench -> bench.say(delete(bench.published())));
    add("delete-does-nothing", bench -> bench.say(delete(bench.make("one")), allVolumes()));
    add("delete-no-id-ok", new DeleteVolume(NO_ID, Secrets.NONE));
    add(
        "delete-follows-path",
        bench -> {
          var one = bench.make("one");
          var climbing = new VolumeId("x/../" + one.id());
          return bench.say(new DeleteVolume(climbing, Secrets.NONE), allVolumes());
        });
  }

  private static ControllerUnpublishVolume detach(Volume volume, String node) {
    return new ControllerUnpublishVolume(volume.id(), new NodeId(node), Secrets.NONE);
  }

  private static ControllerPublishVolume attachWith(VolumeId volume, VolumeCapability capability) {
    return new ControllerPublishVolume(
        volume, new NodeId("node-a"), capability, false, Secrets.NONE, Map.of());
  }

  private void attaches() {
    withOne(
        "attach-second-node-ok",
        one -> attach(one, "node-a", false),
        one -> attach(one, "node-b", false));
    withOne(
        "attach-other-read-only-ok",
        one -> attach(one, "node-a", false),
        one -> attach(one, "node-a", true));
    withOne(
        "attach-context-differs",
        one -> attach(one, "node-a", false),
        one -> attach(one, "node-a", false));
    withOne(
        "attach-twice-fails",
        one -> attach(one, "node-a", false),
        one -> attach(one, "node-a", false));
    withOne("attach-unknown-node-ok", one -> attach(one, "node-x", false));
    add("attach-unknown-code", attachWith(UNKNOWN, MOUNT));
    withOne("attach-no-capability-ok", one -> attachWith(one.id(), VolumeCapability.MISSING));
    withOne(
        "detach-twice-fails",
        one -> attach(one, "node-a", false),
        one -> detach(one, "node-a"),
        one -> detach(one, "node-a"));
    withOne(
        "detach-does-nothing",
        one -> attach(one, "node-a", false),
        one -> detach(one, "node-a"),
        one -> attach(one, "node-b", false));
    withOne("detach-wants-node", one -> attach(one, "node-a", false), one -> detach(one, ""));
  }

  @SafeVarargs
  private void withOne(String mutant, Function<Volume, CsiCall<?>>... calls) {
    add(
        mutant,
        bench -> {
          var one = bench.make("one");
          var said = new StringBuilder();
          for (var call : calls) said.append(bench.say(call.apply(one))).append("; ");
          return said.toString();
        });
  }

  private static ValidateVolumeCapabilities validate(VolumeId volume, VolumeCapability capability) {
    return new ValidateVolumeCapabilities(
        volume, Map.of(), List.of(capability), Map.of(), Secrets.NONE, Map.of());
  }

  private void validates() {
    withOne("validate-confirms-all", one -> validate(one.id(), STRANGE));
    add("validate-unknown-ok", validate(UNKNOWN, MOUNT));
    withOne("validate-no-echo", one -> validate(one.id(), MOUNT));
    withOne("validate-refuses", one -> validate(one.id(), STRANGE));
  }

  private static ListVolumes page(int most, String token) {
    return new ListVolumes(most, token);
  }

  private void lists() {
    add("list-page-repeats", three(page(2, ""), page(2, "from-2")));
    add("list-never-ends", three(allVolumes(), page(0, "the-end")));
    add("list-no-token", three(page(2, "")));
    add("list-bad-token-ok", three(page(0, "nonsense")));
    add("list-bad-token-code", three(page(0, "nonsense")));
    add("list-max-ignored", three(page(2, "")));
    add("list-one-too-many", three(page(1, "")));
    add("list-negative-max-ok", three(page(-1, "")));
    add("list-deleted-still", bench -> bench.say(delete(bench.make("one")), allVolumes()));
    add("list-stale", bench -> bench.say(allVolumes(), ONE, allVolumes()));
    withOne("list-nodes-untold", one -> attach(one, "node-a", false), _ -> allVolumes());
    add("list-get-unknown-ok", new ControllerGetVolume(UNKNOWN));
    withOne("list-old-size", one -> expand(one, 128, 0), _ -> allVolumes());
  }

  private static Function<Bench, String> three(CsiCall<?>... calls) {
    return bench -> {
      for (var name : List.of("one", "two", "three")) bench.make(name);
      return bench.say(calls);
    };
  }

  private static GetCapacity capacity(Topology place, VolumeCapability... capabilities) {
    return new GetCapacity(List.of(capabilities), Map.of(), place);
  }

  private void capacities() {
    var all = capacity(Topology.NONE);
    add("capacity-never-shrinks", all, ONE, all);
    add(
        "capacity-kept-after-delete",
        bench -> {
          var one = bench.make("one");
          return bench.say(all, delete(one), all);
        });
    add("capacity-boundless", all);
    add("capacity-topology-ignored", capacity(ELSEWHERE));
    add("capacity-capabilities-ignored", capacity(Topology.NONE, STRANGE));
    add("capacity-maximum-wrong", all);
  }

  private void expands() {
    withOne("expand-shrinks", one -> expand(one, 32, 0));
    withOne("expand-too-little", one -> expand(one, 128, 0));
    withOne("expand-answers-too-little", one -> expand(one, 128, 0));
    withOne("expand-does-nothing", one -> expand(one, 128, 0), _ -> allVolumes());
    withOne("expand-limit-ignored", one -> expand(one, 128, 100));
    withOne("expand-limit-code", one -> expand(one, 128, 100));
    add(
        "expand-unknown-code",
        new ControllerExpandVolume(
            UNKNOWN, CapacityRange.atLeast(Bytes.mebi(9)), Secrets.NONE, MOUNT));
    withOne("expand-twice-fails", one -> expand(one, 128, 0), one -> expand(one, 128, 0));
    withOne("expand-node-forgotten", one -> expand(one, 128, 0));
  }

  private static ControllerModifyVolume modify(VolumeId volume, Map<String, String> mutable) {
    return new ControllerModifyVolume(volume, Secrets.NONE, mutable);
  }

  private static ValidateVolumeCapabilities fast(Volume volume) {
    return new ValidateVolumeCapabilities(
        volume.id(), Map.of(), List.of(MOUNT), Map.of(), Secrets.NONE, Map.of("iops", "9"));
  }

  private void modifies() {
    var good = Map.of("iops", "9");
    var mixed = Map.of("iops", "9", "nonsense", "1");
    withOne("modify-any-key-ok", one -> modify(one.id(), mixed));
    withOne("modify-half", one -> modify(one.id(), mixed), ControllerDrives::fast);
    add("modify-unknown-volume-ok", modify(UNKNOWN, good));
    withOne("modify-does-nothing", one -> modify(one.id(), good), ControllerDrives::fast);
  }
}
