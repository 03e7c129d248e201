package dev.moorage.csi;

import java.util.Set;

/// `Identity.GetPluginCapabilities`: what the driver as a whole can do.
public record GetPluginCapabilities() implements CsiCall<GetPluginCapabilities.Answer> {
  @Override
  public Class<GetPluginCapabilities.Answer> answer() {
    return GetPluginCapabilities.Answer.class;
  }

  /// The capabilities; unknown ones are left out.
  public record Answer(Set<Capability> capabilities) {
    public Answer {
      capabilities = Set.copyOf(capabilities);
    }

    /// Whether the driver has a capability.
    public boolean has(Capability capability) {
      return capabilities.contains(capability);
    }
  }

  /// Capabilities of a plugin.
  public enum Capability {
    CONTROLLER_SERVICE,
    VOLUME_ACCESSIBILITY_CONSTRAINTS,
    GROUP_CONTROLLER_SERVICE,
    SNAPSHOT_METADATA_SERVICE,
    /// CSI 1.13.
    SNAPSHOT_ACCESSIBILITY_CONSTRAINTS,
    /// Volumes can grow while in use.
    EXPANSION_ONLINE,
    /// Volumes can grow only while not in use.
    EXPANSION_OFFLINE
  }
}
