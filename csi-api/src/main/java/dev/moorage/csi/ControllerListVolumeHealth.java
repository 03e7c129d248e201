package dev.moorage.csi;

import java.util.List;

/// `Controller.ControllerListVolumeHealth`: the volumes that are not well, page by page (CSI 1.13).
///
/// @param maxEntries at most so many in one page; 0 for the driver's choice
/// @param startingToken empty for the first page, then what the last one gave
public record ControllerListVolumeHealth(int maxEntries, String startingToken, Secrets secrets)
    implements CsiCall<ControllerListVolumeHealth.Answer> {
  @Override
  public Class<ControllerListVolumeHealth.Answer> answer() {
    return ControllerListVolumeHealth.Answer.class;
  }

  /// One page.
  ///
  /// @param nextToken empty on the last page
  public record Answer(List<VolumeHealth> entries, String nextToken) {
    public Answer {
      entries = List.copyOf(entries);
    }
  }
}
