package dev.moorage.csi;

import java.util.List;
import java.util.Optional;

/// `Node.NodeGetVolumeStats`: how full a volume is.
public record NodeGetVolumeStats(VolumeId volume, String volumePath, String stagingPath)
    implements CsiCall<NodeGetVolumeStats.Answer> {
  @Override
  public Class<NodeGetVolumeStats.Answer> answer() {
    return NodeGetVolumeStats.Answer.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }

  /// Usage per unit.
  ///
  /// @param condition only in CSI 1.12 (VOLUME_CONDITION)
  public record Answer(List<Usage> usage, Optional<VolumeCondition> condition) {
    public Answer {
      usage = List.copyOf(usage);
    }

    /// Without a word on its condition.
    public Answer(List<Usage> usage) {
      this(usage, Optional.empty());
    }
  }

  /// Amounts of one unit.
  public record Usage(Unit unit, long total, long used, long available) {}

  /// What is counted.
  public enum Unit {
    BYTES,
    INODES
  }
}
