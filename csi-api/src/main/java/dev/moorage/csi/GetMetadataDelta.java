package dev.moorage.csi;

/// `SnapshotMetadata.GetMetadataDelta`: which parts of a snapshot differ from an older one of the
/// same volume.
///
/// @param base the older one
/// @param startingOffset tells of ranges from here on, in bytes
/// @param maxResults at most so many ranges in one message; 0 for the driver's choice
public record GetMetadataDelta(
    SnapshotId base, SnapshotId target, long startingOffset, int maxResults, Secrets secrets)
    implements CsiCall<BlockMetadata> {
  @Override
  public Class<BlockMetadata> answer() {
    return BlockMetadata.class;
  }

  @Override
  public String subject() {
    return target.text();
  }
}
