package dev.moorage.csi;

import java.util.Map;

/// `Identity.GetPluginInfo`: who the driver is.
public record GetPluginInfo() implements CsiCall<GetPluginInfo.Answer> {
  @Override
  public Class<GetPluginInfo.Answer> answer() {
    return GetPluginInfo.Answer.class;
  }

  /// The driver's name and version.
  public record Answer(String name, String vendorVersion, Map<String, String> manifest) {
    public Answer {
      manifest = Map.copyOf(manifest);
    }
  }
}
