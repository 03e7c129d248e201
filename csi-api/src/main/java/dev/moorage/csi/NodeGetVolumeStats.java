package dev.moorage.csi;

import java.util.List;

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
  public record Answer(List<Usage> usage) {
    public Answer {
      usage = List.copyOf(usage);
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
