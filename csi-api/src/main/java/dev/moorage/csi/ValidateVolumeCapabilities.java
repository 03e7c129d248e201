package dev.moorage.csi;

import java.util.List;
import java.util.Map;

/// `Controller.ValidateVolumeCapabilities`: can this volume be used so?
public record ValidateVolumeCapabilities(
    VolumeId volume,
    Map<String, String> volumeContext,
    List<VolumeCapability> capabilities,
    Map<String, String> parameters,
    Secrets secrets,
    Map<String, String> mutableParameters)
    implements CsiCall<ValidateVolumeCapabilities.Answer> {
  public ValidateVolumeCapabilities {
    volumeContext = Map.copyOf(volumeContext);
    capabilities = List.copyOf(capabilities);
    parameters = Map.copyOf(parameters);
    mutableParameters = Map.copyOf(mutableParameters);
  }

  @Override
  public Class<ValidateVolumeCapabilities.Answer> answer() {
    return ValidateVolumeCapabilities.Answer.class;
  }

  @Override
  public String subject() {
    return volume.text();
  }

  /// The verdict.
  ///
  /// @param confirmed whether everything asked is supported; the other fields echo what was asked
  /// @param message the reason when not confirmed
  public record Answer(
      boolean confirmed,
      Map<String, String> volumeContext,
      List<VolumeCapability> capabilities,
      Map<String, String> parameters,
      Map<String, String> mutableParameters,
      String message) {
    public Answer {
      volumeContext = Map.copyOf(volumeContext);
      capabilities = List.copyOf(capabilities);
      parameters = Map.copyOf(parameters);
      mutableParameters = Map.copyOf(mutableParameters);
    }
  }
}
