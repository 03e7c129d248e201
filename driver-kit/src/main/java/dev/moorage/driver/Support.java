package dev.moorage.driver;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeCapability.Access;
import java.util.List;

/// How a backend's volumes can be used.
///
/// @param fsTypes filesystems, the default one first; at least one
/// @param modes access modes
/// @param block whether they can be raw block devices too
public record Support(List<String> fsTypes, List<AccessMode> modes, boolean block) {

  /// The modes of a volume that one node uses.
  public static final List<AccessMode> ONE_NODE =
      List.of(
          AccessMode.SINGLE_NODE_WRITER,
          AccessMode.SINGLE_NODE_READER_ONLY,
          AccessMode.SINGLE_NODE_SINGLE_WRITER,
          AccessMode.SINGLE_NODE_MULTI_WRITER);

  /// Every mode: pods of one node share a volume by those of several nodes too.
  public static final List<AccessMode> EVERY_MODE =
      List.of(
          AccessMode.SINGLE_NODE_WRITER,
          AccessMode.SINGLE_NODE_READER_ONLY,
          AccessMode.MULTI_NODE_READER_ONLY,
          AccessMode.MULTI_NODE_SINGLE_WRITER,
          AccessMode.MULTI_NODE_MULTI_WRITER,
          AccessMode.SINGLE_NODE_SINGLE_WRITER,
          AccessMode.SINGLE_NODE_MULTI_WRITER);

  /// Filesystems only.
  public Support(List<String> fsTypes, List<AccessMode> modes) {
    this(fsTypes, modes, false);
  }

  /// @throws IllegalArgumentException when there is no filesystem or no mode
  public Support {
    fsTypes = List.copyOf(fsTypes);
    modes = List.copyOf(modes);
    if (fsTypes.isEmpty()) throw new IllegalArgumentException("a driver has a filesystem type");
    if (modes.isEmpty()) throw new IllegalArgumentException("a driver has an access mode");
  }

  /// Why a capability cannot be used; empty when it can. Never shows mount flags.
  String refusal(VolumeCapability capability) {
    if (!modes.contains(capability.mode()))
      return "access mode " + capability.mode() + " is not supported; supported: " + modes;
    return switch (capability.access()) {
      case Access.Missing() -> "the access type is missing";
      case Access.Block() -> block ? "" : "raw block volumes are not supported";
      case Access.Mount mount -> refusal(mount);
    };
  }

  private String refusal(Access.Mount mount) {
    if (!fsTypes.contains(fsType(mount)))
      return "filesystem " + mount.fsType() + " is not supported; supported: " + fsTypes;
    if (!mount.group().isEmpty()) return "a volume mount group is not supported";
    return MountFlags.refusal(mount.flags());
  }

  /// What a capability asks for, with the default filesystem filled in. The capability has been
  /// found usable.
  Use use(VolumeCapability capability) {
    return switch (capability.access()) {
      case Access.Mount mount -> new Use(fsType(mount), capability.mode());
      case Access.Block() -> new Use(Use.BLOCK, capability.mode());
      case Access.Missing() -> throw new IllegalArgumentException("the access type is missing");
    };
  }

  private String fsType(Access.Mount mount) {
    return mount.fsType().isEmpty() ? fsTypes.getFirst() : mount.fsType();
  }
}
