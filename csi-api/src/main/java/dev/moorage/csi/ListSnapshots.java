package dev.moorage.csi;

import java.util.List;

/// `Controller.ListSnapshots`: what snapshots there are, page by page.
///
/// @param maxEntries at most so many in one page; 0 for the driver's choice
/// @param startingToken empty for the first page, then what the last one gave
/// @param source only those of this volume; empty for all
/// @param snapshot only this one; empty for all
public record ListSnapshots(
    int maxEntries, String startingToken, VolumeId source, SnapshotId snapshot, Secrets secrets)
    implements CsiCall<ListSnapshots.Answer> {
  @Override
  public Class<ListSnapshots.Answer> answer() {
    return ListSnapshots.Answer.class;
  }

  /// One page.
  ///
  /// @param nextToken empty on the last page
  public record Answer(List<Snapshot> snapshots, String nextToken) {
    public Answer {
      snapshots = List.copyOf(snapshots);
    }
  }
}
