package dev.moorage.csiwire;

import csi.v1.CsiProto;
import csi.v1.SnapshotMetadataGrpc;
import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.SnapshotId;

/// The two streams of the SnapshotMetadata service.
final class MetadataRpcs {
  private MetadataRpcs() {}

  static final Rpc<
          GetMetadataAllocated,
          BlockMetadata,
          CsiProto.GetMetadataAllocatedRequest,
          CsiProto.GetMetadataAllocatedResponse>
      ALLOCATED =
          new Rpc.Streamed<>(
              SnapshotMetadataGrpc.getGetMetadataAllocatedMethod(),
              call ->
                  CsiProto.GetMetadataAllocatedRequest.newBuilder()
                      .setSnapshotId(call.snapshot().text())
                      .setStartingOffset(call.startingOffset())
                      .setMaxResults(call.maxResults())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new GetMetadataAllocated(
                      new SnapshotId(message.getSnapshotId()),
                      message.getStartingOffset(),
                      message.getMaxResults(),
                      Parts.secrets(message.getSecretsMap())),
              answer -> answer.messages().stream().map(MetadataRpcs::allocated).iterator(),
              MetadataRpcs::allocated);

  private static CsiProto.GetMetadataAllocatedResponse allocated(BlockMetadata.Message message) {
    return CsiProto.GetMetadataAllocatedResponse.newBuilder()
        .setBlockMetadataTypeValue(message.type().number())
        .setVolumeCapacityBytes(message.capacity().count())
        .addAllBlockMetadata(message.ranges().stream().map(MetadataRpcs::range).toList())
        .build();
  }

  private static BlockMetadata.Message allocated(CsiProto.GetMetadataAllocatedResponse message) {
    return new BlockMetadata.Message(
        type(message.getBlockMetadataTypeValue()),
        Parts.bytes(message.getVolumeCapacityBytes()),
        message.getBlockMetadataList().stream().map(MetadataRpcs::range).toList());
  }

  static final Rpc<
          GetMetadataDelta,
          BlockMetadata,
          CsiProto.GetMetadataDeltaRequest,
          CsiProto.GetMetadataDeltaResponse>
      DELTA =
          new Rpc.Streamed<>(
              SnapshotMetadataGrpc.getGetMetadataDeltaMethod(),
              call ->
                  CsiProto.GetMetadataDeltaRequest.newBuilder()
                      .setBaseSnapshotId(call.base().text())
                      .setTargetSnapshotId(call.target().text())
                      .setStartingOffset(call.startingOffset())
                      .setMaxResults(call.maxResults())
                      .putAllSecrets(Parts.texts(call.secrets()))
                      .build(),
              message ->
                  new GetMetadataDelta(
                      new SnapshotId(message.getBaseSnapshotId()),
                      new SnapshotId(message.getTargetSnapshotId()),
                      message.getStartingOffset(),
                      message.getMaxResults(),
                      Parts.secrets(message.getSecretsMap())),
              answer -> answer.messages().stream().map(MetadataRpcs::delta).iterator(),
              MetadataRpcs::delta);

  private static CsiProto.GetMetadataDeltaResponse delta(BlockMetadata.Message message) {
    return CsiProto.GetMetadataDeltaResponse.newBuilder()
        .setBlockMetadataTypeValue(message.type().number())
        .setVolumeCapacityBytes(message.capacity().count())
        .addAllBlockMetadata(message.ranges().stream().map(MetadataRpcs::range).toList())
        .build();
  }

  private static BlockMetadata.Message delta(CsiProto.GetMetadataDeltaResponse message) {
    return new BlockMetadata.Message(
        type(message.getBlockMetadataTypeValue()),
        Parts.bytes(message.getVolumeCapacityBytes()),
        message.getBlockMetadataList().stream().map(MetadataRpcs::range).toList());
  }

  private static CsiProto.BlockMetadata range(BlockMetadata.Range range) {
    return CsiProto.BlockMetadata.newBuilder()
        .setByteOffset(range.offset())
        .setSizeBytes(range.size())
        .build();
  }

  private static BlockMetadata.Range range(CsiProto.BlockMetadata range) {
    return new BlockMetadata.Range(
        Parts.bytes(range.getByteOffset()).count(), Parts.bytes(range.getSizeBytes()).count());
  }

  private static BlockMetadata.Type type(int number) {
    for (var type : BlockMetadata.Type.values()) if (type.number() == number) return type;
    return BlockMetadata.Type.UNKNOWN;
  }
}
