package dev.moorage.csi;

import java.util.List;
import java.util.Optional;

/// `Controller.ListVolumes`: what volumes there are, page by page.
///
/// @param maxEntries at most so many in one page; 0 for the driver's choice
/// @param startingToken empty for the first page, then what the last one gave
public record ListVolumes(int maxEntries, String startingToken)
    implements CsiCall<ListVolumes.Answer> {
  @Override
  public Class<ListVolumes.Answer> answer() {
    return ListVolumes.Answer.class;
  }

  /// One page.
  ///
  /// @param nextToken empty on the last page
  public record Answer(List<Entry> entries, String nextToken) {
    public Answer {
      entries = List.copyOf(entries);
    }
  }

  /// One volume.
  ///
  /// @param published where it is published (LIST_VOLUMES_PUBLISHED_NODES)
  /// @param condition only in CSI 1.12 (VOLUME_CONDITION)
  public record Entry(Volume volume, List<NodeId> published, Optional<VolumeCondition> condition) {
    public Entry {
      published = List.copyOf(published);
    }
  }
}
