package dev.moorage.csi;

/// `SnapshotMetadata.GetMetadataAllocated`: which parts of a snapshot hold data.
///
/// @param startingOffset tells of ranges from here on, in bytes
/// @param maxResults at most so many ranges in one message; 0 for the driver's choice
public record GetMetadataAllocated(
    SnapshotId snapshot, long startingOffset, int maxResults, Secrets secrets)
    implements CsiCall<BlockMetadata> {
  @Override
  public Class<BlockMetadata> answer() {
    return BlockMetadata.class;
  }

  @Override
  public String subject() {
    return snapshot.text();
  }
}
