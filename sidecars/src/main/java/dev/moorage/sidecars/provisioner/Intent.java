package dev.moorage.sidecars.provisioner;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.kube.Meta;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What we are about to ask a driver for, written on the claim before the first call.
///
/// While a claim carries it, a volume may exist or a call may be running: the same call is repeated
/// from it, whatever becomes of class, claim and nodes meanwhile, until the answer is final. It
/// holds all arguments (secrets by reference) and all that the PersistentVolume is made of.
///
/// @param accessibility from where the volume must be reachable, as it was chosen
record Intent(
    Origin origin,
    Shape shape,
    SortedMap<String, String> parameters,
    TopologyRequirement accessibility,
    SortedMap<SecretRole, ObjectKey> secrets) {

  /// The finalizer that keeps a claim while it carries an intent.
  static final String FINALIZER = "provisioner.moorage.dev/intent";

  /// The annotation that holds the intent's text.
  static final String ANNOTATION = "provisioner.moorage.dev/intent";

  /// Where the wish comes from.
  ///
  /// @param classUid tells a class that was made again under its name
  /// @param node the node that was selected; empty for a claim that binds at once
  record Origin(
      String driver, String className, String classUid, String reclaimPolicy, String node) {}

  /// What the volume is to be.
  ///
  /// @param size zero is legal: the driver chooses
  /// @param fsType empty for the driver's default, and for a block volume
  /// @param modes one per access mode of the claim
  record Shape(
      Bytes size, boolean block, String fsType, List<String> mountOptions, List<AccessMode> modes) {
    Shape {
      mountOptions = List.copyOf(mountOptions);
      modes = List.copyOf(modes);
    }
  }

  Intent {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
  }

  /// The name of a claim's volume, for the driver and for the API: what makes creation idempotent.
  static String volumeName(Meta claim) {
    return "pvc-" + claim.uid();
  }

  /// The secret that goes with CreateVolume and DeleteVolume.
  Optional<ObjectKey> secret() {
    return Optional.ofNullable(secrets.get(SecretRole.PROVISIONER));
  }

  /// The call; each repetition is equal.
  CreateVolume call(String volumeName, Secrets values) {
    return new CreateVolume(
        volumeName,
        CapacityRange.atLeast(shape.size()),
        capabilities(),
        parameters,
        values,
        new ContentSource.Empty(),
        accessibility,
        Map.of());
  }

  private List<VolumeCapability> capabilities() {
    var access =
        shape.block()
            ? new VolumeCapability.Access.Block()
            : new VolumeCapability.Access.Mount(shape.fsType(), shape.mountOptions(), "");
    return shape.modes().stream().map(mode -> new VolumeCapability(access, mode)).toList();
  }
}
