package dev.moorage.csi;

import java.util.Set;

/// `GroupController.GroupControllerGetCapabilities`: what the group controller service can do.
public record GroupControllerGetCapabilities()
    implements CsiCall<GroupControllerGetCapabilities.Answer> {
  @Override
  public Class<GroupControllerGetCapabilities.Answer> answer() {
    return GroupControllerGetCapabilities.Answer.class;
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

  /// Capabilities of a group controller service, with their numbers on the wire.
  public enum Capability {
    CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT(1);

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
