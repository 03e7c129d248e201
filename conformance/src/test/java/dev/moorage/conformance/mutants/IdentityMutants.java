package dev.moorage.conformance.mutants;

import dev.moorage.csi.ContentSource;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerGetCapabilities.Capability;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Topology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Drivers that say wrong things of themselves.
final class IdentityMutants {
  private IdentityMutants() {}

  static List<Mutant> all() {
    return Stream.of(identity(), capabilities(), node()).flatMap(List::stream).toList();
  }

  private static List<Mutant> identity() {
    return List.of(
        new Mutant(
            "identity-no-name",
            "GetPluginInfo answers an empty name.",
            "rule: a valid name is required",
            info("", "1.0")),
        new Mutant(
            "identity-bad-name",
            "GetPluginInfo answers a name that is no domain name.",
            "rule: domain-name notation",
            info("my driver_1/x", "1.0")),
        new Mutant(
            "identity-no-version",
            "GetPluginInfo answers an empty version.",
            "rule: a vendor version is required",
            Bent.answering(
                GetPluginInfo.class,
                answer -> new GetPluginInfo.Answer(answer.name(), "", answer.manifest()))),
        new Mutant(
            "identity-never-ready",
            "Probe answers for ever that the driver is not ready.",
            "drivers whose readiness waits for a backend that is not configured",
            Bent.answering(Probe.class, _ -> new Probe.Answer(false))),
        new Mutant(
            "identity-probe-fails",
            "Probe fails although the driver works.",
            "drivers that probe with the wrong credentials",
            Bent.on(
                Probe.class,
                (call, _) -> {
                  throw Bent.refusal(Code.FAILED_PRECONDITION, call);
                })),
        new Mutant(
            "identity-capabilities-flap",
            "GetPluginCapabilities answers none at first and all of them later.",
            "drivers that fill their capabilities in the background",
            IdentityMutants::flapping));
  }

  private static Function<World, Csi> info(String name, String version) {
    return Bent.answering(
        GetPluginInfo.class, _ -> new GetPluginInfo.Answer(name, version, Map.of()));
  }

  private static Csi flapping(World world) {
    var calls = new Counter();
    return new Bent(world)
        .at(
            GetPluginCapabilities.class,
            (call, down) ->
                calls.next() == 1 ? new GetPluginCapabilities.Answer(Set.of()) : down.call(call));
  }

  private static List<Mutant> capabilities() {
    return List.of(
        new Mutant(
            "capabilities-clone-refused",
            "CLONE_VOLUME is advertised and every clone refused.",
            "drivers that advertise more than their backend does",
            world ->
                advertising(world, Capability.CLONE_VOLUME)
                    .at(
                        CreateVolume.class,
                        (call, down) -> {
                          if (call.source() instanceof ContentSource.Volume)
                            throw Bent.refusal(Code.INVALID_ARGUMENT, call);
                          return down.call(call);
                        })),
        new Mutant(
            "capabilities-restore-refused",
            "Snapshots can be made, and none can be restored.",
            "rule: CREATE_DELETE_SNAPSHOT includes restoring",
            world ->
                advertising(world, Capability.CREATE_DELETE_SNAPSHOT)
                    .at(
                        CreateVolume.class,
                        (call, down) -> {
                          if (call.source() instanceof ContentSource.Snapshot)
                            throw Bent.refusal(Code.UNIMPLEMENTED, call);
                          return down.call(call);
                        })),
        new Mutant(
            "capabilities-list-unimplemented",
            "LIST_VOLUMES is advertised and not implemented.",
            "drivers that advertise more than they do",
            world ->
                advertising(world, Capability.LIST_VOLUMES)
                    .at(
                        ListVolumes.class,
                        (call, _) -> {
                          throw Bent.refusal(Code.UNIMPLEMENTED, call);
                        })),
        new Mutant(
            "capabilities-capacity-unimplemented",
            "GET_CAPACITY is advertised and not implemented.",
            "drivers that advertise more than they do",
            world ->
                advertising(world, Capability.GET_CAPACITY)
                    .at(
                        GetCapacity.class,
                        (call, _) -> {
                          throw Bent.refusal(Code.UNIMPLEMENTED, call);
                        })),
        new Mutant(
            "capabilities-no-expansion-kind",
            "EXPAND_VOLUME is advertised by the controller, neither ONLINE nor OFFLINE by the"
                + " plugin.",
            "rule: EXPAND_VOLUME needs the plugin's kind of expansion",
            Bent.answering(
                GetPluginCapabilities.class,
                answer ->
                    new GetPluginCapabilities.Answer(
                        without(
                            answer.capabilities(),
                            Set.of(
                                GetPluginCapabilities.Capability.EXPANSION_ONLINE,
                                GetPluginCapabilities.Capability.EXPANSION_OFFLINE))))),
        new Mutant(
            "capabilities-no-controller",
            "CONTROLLER_SERVICE is missing although the controller answers.",
            "node-only deployments built from one binary",
            Bent.answering(
                GetPluginCapabilities.class,
                answer ->
                    new GetPluginCapabilities.Answer(
                        without(
                            answer.capabilities(),
                            Set.of(GetPluginCapabilities.Capability.CONTROLLER_SERVICE))))),
        new Mutant(
            "capabilities-stage-hidden",
            "STAGE_UNSTAGE_VOLUME is not advertised although publishing needs a staged volume.",
            "drivers that forget one of two capability lists",
            Bent.answering(
                NodeGetCapabilities.class,
                answer ->
                    new NodeGetCapabilities.Answer(
                        without(
                            answer.capabilities(),
                            Set.of(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME))))),
        new Mutant(
            "capabilities-wrong-refusal",
            "Calls without their capability are refused as INVALID_ARGUMENT.",
            "csi-driver-host-path",
            world -> new Bent(world).elsewhere(IdentityMutants::refusingWrongly)));
  }

  private static Object refusingWrongly(CsiCall<?> call, Down down) {
    return Codes.recoded(
        call, down, code -> code == Code.UNIMPLEMENTED ? Code.INVALID_ARGUMENT : code);
  }

  private static Bent advertising(World world, Capability more) {
    return new Bent(world)
        .at(
            ControllerGetCapabilities.class,
            (call, down) ->
                new ControllerGetCapabilities.Answer(
                    Stream.concat(down.call(call).capabilities().stream(), Stream.of(more))
                        .collect(Collectors.toSet())));
  }

  private static <C> Set<C> without(Set<C> capabilities, Set<C> hidden) {
    return capabilities.stream().filter(one -> !hidden.contains(one)).collect(Collectors.toSet());
  }

  private static List<Mutant> node() {
    return List.of(
        new Mutant(
            "nodeinfo-no-id",
            "NodeGetInfo answers an empty node id.",
            "csi-driver-host-path keeps empty node ids",
            Bent.answering(
                NodeGetInfo.class,
                answer ->
                    new NodeGetInfo.Answer(
                        new NodeId(""), answer.maxVolumes(), answer.topology()))),
        new Mutant(
            "nodeinfo-id-changes",
            "NodeGetInfo answers another node id each time.",
            "ids taken from what is new at each start",
            IdentityMutants::changingNode),
        new Mutant(
            "nodeinfo-negative-limit",
            "NodeGetInfo answers a negative number of volumes.",
            "limits reduced by what is attached already",
            Bent.answering(
                NodeGetInfo.class,
                answer -> new NodeGetInfo.Answer(answer.node(), -1, answer.topology()))),
        new Mutant(
            "nodeinfo-other-key",
            "NodeGetInfo tells another topology key than CreateVolume.",
            "rule: the same keys on both sides",
            Bent.answering(
                NodeGetInfo.class,
                answer ->
                    new NodeGetInfo.Answer(
                        answer.node(),
                        answer.maxVolumes(),
                        new Topology(Map.of("topology.other.test/node", "somewhere"))))),
        new Mutant(
            "nodeinfo-bad-topology",
            "NodeGetInfo tells a topology value with characters that none may have.",
            "rule: 1 to 63 letters, digits, dashes, dots",
            Bent.answering(
                NodeGetInfo.class,
                answer ->
                    new NodeGetInfo.Answer(
                        answer.node(),
                        answer.maxVolumes(),
                        new Topology(Map.of("topology.other.test/node", "/a node/"))))));
  }

  private static Csi changingNode(World world) {
    var calls = new Counter();
    return new Bent(world)
        .at(
            NodeGetInfo.class,
            (call, down) -> {
              var answer = down.call(call);
              return new NodeGetInfo.Answer(
                  new NodeId(answer.node() + "-" + calls.next()),
                  answer.maxVolumes(),
                  answer.topology());
            });
  }
}
