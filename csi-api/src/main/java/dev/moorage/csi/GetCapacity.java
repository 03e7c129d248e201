package dev.moorage.csi;

import dev.moorage.base.Bytes;
import java.util.List;
import java.util.Map;

/// `Controller.GetCapacity`: how much could still be made.
public record GetCapacity(
    List<VolumeCapability> capabilities, Map<String, String> parameters, Topology topology)
    implements CsiCall<GetCapacity.Answer> {
  public GetCapacity {
    capabilities = List.copyOf(capabilities);
    parameters = Map.copyOf(parameters);
  }

  @Override
  public Class<GetCapacity.Answer> answer() {
    return GetCapacity.Answer.class;
  }

  /// Amounts; [Bytes#ZERO] in `maximum` and `minimum` where the driver does not say.
  public record Answer(Bytes available, Bytes maximum, Bytes minimum) {}
}
