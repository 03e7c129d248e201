package dev.moorage.csi;

import java.util.List;

/// How a volume is to be used.
public record VolumeCapability(Access access, AccessMode mode) {

  /// Block device, filesystem, or not said.
  public sealed interface Access {
    /// A raw block device.
    record Block() implements Access {}

    /// A filesystem.
    ///
    /// @param fsType empty for the driver's default
    /// @param flags mount options; may be sensitive
    /// @param group group id for the mount; empty for none
    record Mount(String fsType, List<String> flags, String group) implements Access {
      public Mount {
        flags = List.copyOf(flags);
      }

      @Override
      public String toString() {
        return "Mount[fsType=" + fsType + ", " + flags.size() + " flags]";
      }
    }

    /// The request left it out.
    record Missing() implements Access {}
  }

  /// A capability that a request left out.
  public static final VolumeCapability MISSING =
      new VolumeCapability(new Access.Missing(), AccessMode.UNKNOWN);

  /// A filesystem without further wishes.
  public static VolumeCapability mount(String fsType, AccessMode mode) {
    return new VolumeCapability(new Access.Mount(fsType, List.of(), ""), mode);
  }

  /// Whether neither access nor mode is there.
  public boolean missing() {
    return access instanceof Access.Missing && mode == AccessMode.UNKNOWN;
  }

  /// Whether this asks for a raw block device.
  public boolean block() {
    return access instanceof Access.Block;
  }
}
