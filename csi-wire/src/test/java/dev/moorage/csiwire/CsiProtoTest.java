package dev.moorage.csiwire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import csi.v1.CsiProto;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GroupControllerGetCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.VolumeHealth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pluginregistration.RegistrationProto;

/// The proto is the specification's: counts, and a handful of numbers that nothing else would find
/// wrong, since both our sides use the same file.
class CsiProtoTest {
  private static final FileDescriptor CSI = CsiProto.getDescriptor();

  /// All messages of a file, nested ones included, the entries of maps not.
  static List<Descriptor> messages(FileDescriptor file) {
    var all = new ArrayList<Descriptor>();
    file.getMessageTypes().forEach(type -> addWithNested(type, all));
    return all;
  }

  private static void addWithNested(Descriptor type, List<Descriptor> all) {
    if (type.getOptions().getMapEntry()) return;
    all.add(type);
    type.getNestedTypes().forEach(nested -> addWithNested(nested, all));
  }

  @Test
  void the_proto_has_all_of_csi_1_13_and_the_fields_of_1_12() {
    assertThat(CSI.getPackage()).isEqualTo("csi.v1");
    assertThat(CSI.getServices()).hasSize(5);
    assertThat(CSI.getServices().stream().mapToInt(service -> service.getMethods().size()).sum())
        .isEqualTo(36);
    assertThat(messages(CSI)).hasSize(105);
  }

  @Test
  void only_the_two_rpcs_of_snapshot_metadata_stream() {
    assertThat(
            CSI.getServices().stream()
                .flatMap(service -> service.getMethods().stream())
                .filter(method -> method.isServerStreaming() || method.isClientStreaming())
                .map(MethodDescriptor::getName))
        .containsExactly("GetMetadataAllocated", "GetMetadataDelta");
  }

  @ParameterizedTest
  @CsvSource({
    "CreateVolumeRequest, name, 1",
    "CreateVolumeRequest, capacity_range, 2",
    "CreateVolumeRequest, volume_capabilities, 3",
    "CreateVolumeRequest, parameters, 4",
    "CreateVolumeRequest, secrets, 5",
    "CreateVolumeRequest, volume_content_source, 6",
    "CreateVolumeRequest, accessibility_requirements, 7",
    "CreateVolumeRequest, mutable_params, 8",
    "Volume, capacity_bytes, 1",
    "Volume, volume_id, 2",
    "Volume, volume_context, 3",
    "Volume, content_source, 4",
    "Volume, accessible_topology, 5",
    "ControllerPublishVolumeRequest, volume_capability, 3",
    "ControllerPublishVolumeRequest, readonly, 4",
    "ControllerPublishVolumeRequest, volume_context, 6",
    "ControllerUnpublishVolumeRequest, secrets, 3",
    "ValidateVolumeCapabilitiesRequest, volume_capabilities, 3",
    "ValidateVolumeCapabilitiesRequest, parameters, 4",
    "ValidateVolumeCapabilitiesRequest, mutable_params, 6",
    "GetCapacityRequest, accessible_topology, 3",
    "GetCapacityResponse, maximum_volume_size, 2",
    "GetCapacityResponse, minimum_volume_size, 3",
    "ControllerExpandVolumeRequest, volume_capability, 4",
    "ControllerExpandVolumeResponse, node_expansion_required, 2",
    "NodeStageVolumeRequest, publish_context, 2",
    "NodeStageVolumeRequest, staging_target_path, 3",
    "NodeStageVolumeRequest, volume_capability, 4",
    "NodeStageVolumeRequest, volume_context, 6",
    "NodePublishVolumeRequest, staging_target_path, 3",
    "NodePublishVolumeRequest, target_path, 4",
    "NodePublishVolumeRequest, volume_capability, 5",
    "NodePublishVolumeRequest, readonly, 6",
    "NodePublishVolumeRequest, volume_context, 8",
    "NodeUnpublishVolumeRequest, target_path, 2",
    "NodeGetVolumeStatsRequest, volume_path, 2",
    "NodeGetVolumeStatsRequest, staging_target_path, 3",
    "NodeGetVolumeStatsResponse, volume_condition, 2",
    "NodeExpandVolumeRequest, volume_path, 2",
    "NodeExpandVolumeRequest, capacity_range, 3",
    "NodeExpandVolumeRequest, staging_target_path, 4",
    "NodeExpandVolumeRequest, volume_capability, 5",
    "NodeExpandVolumeRequest, secrets, 6",
    "NodeGetInfoResponse, max_volumes_per_node, 2",
    "NodeGetInfoResponse, accessible_topology, 3",
    "VolumeUsage, available, 1",
    "VolumeUsage, total, 2",
    "VolumeUsage, used, 3",
    "VolumeUsage, unit, 4",
    "Snapshot, ready_to_use, 5",
    "Snapshot, accessible_topology, 7",
    "VolumeHealth, health_statuses, 2",
  })
  void a_field_has_the_number_of_the_specification(String message, String field, int number) {
    assertThat(CSI.findMessageTypeByName(message).findFieldByName(field).getNumber())
        .isEqualTo(number);
  }

  @Test
  void our_words_number_capabilities_and_modes_as_the_proto_does() {
    for (AccessMode mode : AccessMode.values())
      assertThat(CsiProto.VolumeCapability.AccessMode.Mode.forNumber(mode.number()).name())
          .isEqualTo(mode.name());
    for (var capability : ControllerGetCapabilities.Capability.values())
      assertThat(
              CsiProto.ControllerServiceCapability.RPC.Type.forNumber(capability.number()).name())
          .isEqualTo(capability.name());
    for (var capability : NodeGetCapabilities.Capability.values())
      assertThat(CsiProto.NodeServiceCapability.RPC.Type.forNumber(capability.number()).name())
          .isEqualTo(capability.name());
    for (var capability : GroupControllerGetCapabilities.Capability.values())
      assertThat(
              CsiProto.GroupControllerServiceCapability.RPC
                  .Type
                  .forNumber(capability.number())
                  .name())
          .isEqualTo(capability.name());
  }

  @Test
  void our_words_number_health_and_block_metadata_as_the_proto_does() {
    for (var type : BlockMetadata.Type.values())
      assertThat(CsiProto.BlockMetadataType.forNumber(type.number()).name()).isEqualTo(type.name());
    for (var status : VolumeHealth.Status.values())
      assertThat(CsiProto.VolumeHealthErrorType.forNumber(status.number()).name())
          .startsWith(status.name());
    for (var status : NodeGetStorageHealth.Status.values())
      assertThat(CsiProto.StorageHealthErrorType.forNumber(status.number()).name())
          .contains(status.name());
  }

  @Test
  void every_rpc_of_the_specification_is_served() {
    var served = Rpcs.ALL.stream().map(rpc -> rpc.method().getFullMethodName()).toList();
    assertThat(served)
        .containsExactlyInAnyOrderElementsOf(
            CSI.getServices().stream()
                .flatMap(service ->
                    service.getMethods().stream()
                        .map(method -> service.getFullName() + "/" + method.getName()))
                .toList());
  }

  @Test
  void the_registration_is_the_kubelets() {
    var registration = RegistrationProto.getDescriptor();
    assertThat(registration.getServices().getFirst().getFullName())
        .isEqualTo("pluginregistration.Registration");
    var info = registration.findMessageTypeByName("PluginInfo");
    assertThat(info.findFieldByName("type").getNumber()).isEqualTo(1);
    assertThat(info.findFieldByName("name").getNumber()).isEqualTo(2);
    assertThat(info.findFieldByName("endpoint").getNumber()).isEqualTo(3);
    assertThat(info.findFieldByName("supported_versions").getNumber()).isEqualTo(4);
  }
}
