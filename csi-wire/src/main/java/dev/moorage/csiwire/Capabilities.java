package dev.moorage.csiwire;

import csi.v1.ControllerGrpc;
import csi.v1.CsiProto;
import csi.v1.CsiProto.PluginCapability;
import csi.v1.GroupControllerGrpc;
import csi.v1.IdentityGrpc;
import csi.v1.NodeGrpc;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginCapabilities.Capability;
import dev.moorage.csi.GroupControllerGetCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The four capability rpcs. Numbers that the words don't know are left out: a newer driver must
/// not confuse us.
final class Capabilities {
  private Capabilities() {}

  private static final Map<Capability, PluginCapability> PLUGIN_MESSAGES =
      Map.of(
          Capability.CONTROLLER_SERVICE, service(PluginCapability.Service.Type.CONTROLLER_SERVICE),
          Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS,
              service(PluginCapability.Service.Type.VOLUME_ACCESSIBILITY_CONSTRAINTS),
          Capability.GROUP_CONTROLLER_SERVICE,
              service(PluginCapability.Service.Type.GROUP_CONTROLLER_SERVICE),
          Capability.SNAPSHOT_METADATA_SERVICE,
              service(PluginCapability.Service.Type.SNAPSHOT_METADATA_SERVICE),
          Capability.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS,
              service(PluginCapability.Service.Type.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS),
          Capability.EXPANSION_ONLINE, expansion(PluginCapability.VolumeExpansion.Type.ONLINE),
          Capability.EXPANSION_OFFLINE, expansion(PluginCapability.VolumeExpansion.Type.OFFLINE));

  static final Rpc<
          GetPluginCapabilities,
          GetPluginCapabilities.Answer,
          CsiProto.GetPluginCapabilitiesRequest,
          CsiProto.GetPluginCapabilitiesResponse>
      PLUGIN =
          new Rpc.Unary<>(
              IdentityGrpc.getGetPluginCapabilitiesMethod(),
              _ -> CsiProto.GetPluginCapabilitiesRequest.getDefaultInstance(),
              _ -> new GetPluginCapabilities(),
              answer ->
                  CsiProto.GetPluginCapabilitiesResponse.newBuilder()
                      .addAllCapabilities(
                          new TreeSet<>(answer.capabilities())
                              .stream().map(PLUGIN_MESSAGES::get).toList())
                      .build(),
              message ->
                  new GetPluginCapabilities.Answer(
                      PLUGIN_MESSAGES.entrySet().stream()
                          .filter(known -> message.getCapabilitiesList().contains(known.getValue()))
                          .map(Map.Entry::getKey)
                          .collect(Collectors.toSet())));

  private static PluginCapability service(PluginCapability.Service.Type type) {
    return PluginCapability.newBuilder()
        .setService(PluginCapability.Service.newBuilder().setType(type))
        .build();
  }

  private static PluginCapability expansion(PluginCapability.VolumeExpansion.Type type) {
    return PluginCapability.newBuilder()
        .setVolumeExpansion(PluginCapability.VolumeExpansion.newBuilder().setType(type))
        .build();
  }

  static final Rpc<
          ControllerGetCapabilities,
          ControllerGetCapabilities.Answer,
          CsiProto.ControllerGetCapabilitiesRequest,
          CsiProto.ControllerGetCapabilitiesResponse>
      CONTROLLER =
          new Rpc.Unary<>(
              ControllerGrpc.getControllerGetCapabilitiesMethod(),
              _ -> CsiProto.ControllerGetCapabilitiesRequest.getDefaultInstance(),
              _ -> new ControllerGetCapabilities(),
              answer ->
                  CsiProto.ControllerGetCapabilitiesResponse.newBuilder()
                      .addAllCapabilities(
                          new TreeSet<>(answer.capabilities())
                              .stream().map(Capabilities::message).toList())
                      .build(),
              message ->
                  new ControllerGetCapabilities.Answer(
                      message.getCapabilitiesList().stream()
                          .map(capability -> controller(capability.getRpc().getTypeValue()))
                          .flatMap(Optional::stream)
                          .collect(Collectors.toSet())));

  private static CsiProto.ControllerServiceCapability message(
      ControllerGetCapabilities.Capability capability) {
    return CsiProto.ControllerServiceCapability.newBuilder()
        .setRpc(
            CsiProto.ControllerServiceCapability.RPC.newBuilder().setTypeValue(capability.number()))
        .build();
  }

  private static Optional<ControllerGetCapabilities.Capability> controller(int number) {
    return Arrays.stream(ControllerGetCapabilities.Capability.values())
        .filter(capability -> capability.number() == number)
        .findFirst();
  }

  static final Rpc<
          GroupControllerGetCapabilities,
          GroupControllerGetCapabilities.Answer,
          CsiProto.GroupControllerGetCapabilitiesRequest,
          CsiProto.GroupControllerGetCapabilitiesResponse>
      GROUP_CONTROLLER =
          new Rpc.Unary<>(
              GroupControllerGrpc.getGroupControllerGetCapabilitiesMethod(),
              _ -> CsiProto.GroupControllerGetCapabilitiesRequest.getDefaultInstance(),
              _ -> new GroupControllerGetCapabilities(),
              answer ->
                  CsiProto.GroupControllerGetCapabilitiesResponse.newBuilder()
                      .addAllCapabilities(
                          new TreeSet<>(answer.capabilities())
                              .stream().map(Capabilities::message).toList())
                      .build(),
              message ->
                  new GroupControllerGetCapabilities.Answer(
                      message.getCapabilitiesList().stream()
                          .map(capability -> group(capability.getRpc().getTypeValue()))
                          .flatMap(Optional::stream)
                          .collect(Collectors.toSet())));

  private static CsiProto.GroupControllerServiceCapability message(
      GroupControllerGetCapabilities.Capability capability) {
    return CsiProto.GroupControllerServiceCapability.newBuilder()
        .setRpc(
            CsiProto.GroupControllerServiceCapability.RPC
                .newBuilder()
                .setTypeValue(capability.number()))
        .build();
  }

  private static Optional<GroupControllerGetCapabilities.Capability> group(int number) {
    return Arrays.stream(GroupControllerGetCapabilities.Capability.values())
        .filter(capability -> capability.number() == number)
        .findFirst();
  }

  static final Rpc<
          NodeGetCapabilities,
          NodeGetCapabilities.Answer,
          CsiProto.NodeGetCapabilitiesRequest,
          CsiProto.NodeGetCapabilitiesResponse>
      NODE =
          new Rpc.Unary<>(
              NodeGrpc.getNodeGetCapabilitiesMethod(),
              _ -> CsiProto.NodeGetCapabilitiesRequest.getDefaultInstance(),
              _ -> new NodeGetCapabilities(),
              answer ->
                  CsiProto.NodeGetCapabilitiesResponse.newBuilder()
                      .addAllCapabilities(
                          new TreeSet<>(answer.capabilities())
                              .stream().map(Capabilities::message).toList())
                      .build(),
              message ->
                  new NodeGetCapabilities.Answer(
                      message.getCapabilitiesList().stream()
                          .map(capability -> node(capability.getRpc().getTypeValue()))
                          .flatMap(Optional::stream)
                          .collect(Collectors.toSet())));

  private static CsiProto.NodeServiceCapability message(NodeGetCapabilities.Capability capability) {
    return CsiProto.NodeServiceCapability.newBuilder()
        .setRpc(CsiProto.NodeServiceCapability.RPC.newBuilder().setTypeValue(capability.number()))
        .build();
  }

  private static Optional<NodeGetCapabilities.Capability> node(int number) {
    return Arrays.stream(NodeGetCapabilities.Capability.values())
        .filter(capability -> capability.number() == number)
        .findFirst();
  }
}
