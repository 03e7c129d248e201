package dev.moorage.csi;

import java.util.Set;

/// `Controller.ControllerGetCapabilities`: what the controller service can do.
public record ControllerGetCapabilities() implements CsiCall<ControllerGetCapabilities.Answer> {
  @Override
  public Class<ControllerGetCapabilities.Answer> answer() {
    return ControllerGetCapabilities.Answer.class;
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

  /// Capabilities of a controller service, with their numbers on the wire.
  public enum Capability {
    CREATE_DELETE_VOLUME(1),
    PUBLISH_UNPUBLISH_VOLUME(2),
    LIST_VOLUMES(3),
    GET_CAPACITY(4),
    CREATE_DELETE_SNAPSHOT(5),
    LIST_SNAPSHOTS(6),
    CLONE_VOLUME(7),
    PUBLISH_READONLY(8),
    EXPAND_VOLUME(9),
    LIST_VOLUMES_PUBLISHED_NODES(10),
    /// CSI 1.12 only.
    VOLUME_CONDITION(11),
    GET_VOLUME(12),
    SINGLE_NODE_MULTI_WRITER(13),
    MODIFY_VOLUME(14),
    GET_SNAPSHOT(15),
    /// CSI 1.13.
    GET_VOLUME_HEALTH(16),
    /// CSI 1.13.
    LIST_VOLUME_HEALTH(17);

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
