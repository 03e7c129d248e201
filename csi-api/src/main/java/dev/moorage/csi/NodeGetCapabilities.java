package dev.moorage.csi;

import java.util.Set;

/// `Node.NodeGetCapabilities`: what the node service can do.
public record NodeGetCapabilities() implements CsiCall<NodeGetCapabilities.Answer> {
  @Override
  public Class<NodeGetCapabilities.Answer> answer() {
    return NodeGetCapabilities.Answer.class;
  }

  /// The capabilities; unknown ones are left out.
  public record Answer(Set<Capability> capabilities) {
    public Answer {
      capabilities = Set.copyOf(capabilities);
    }

    /// Whether the service has a capability.
    public boolean has(Capability capability) {
      return capabilities.contains(capability);
    }
  }

  /// Capabilities of a node service, with their numbers on the wire.
  public enum Capability {
    STAGE_UNSTAGE_VOLUME(1),
    GET_VOLUME_STATS(2),
    EXPAND_VOLUME(3),
    /// CSI 1.12 only.
    VOLUME_CONDITION(4),
    SINGLE_NODE_MULTI_WRITER(5),
    VOLUME_MOUNT_GROUP(6),
    /// CSI 1.13.
    GET_VOLUME_HEALTH(7),
    /// CSI 1.13.
    GET_STORAGE_HEALTH(8);

    private final int number;

    Capability(int number) {
      this.number = number;
    }

    /// The number on the wire.
    public int number() {
      return number;
    }
  }
}
