package dev.moorage.sidecars.resizer;

import dev.moorage.base.Bytes;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.sidecars.resizer.ResizeView.Means;
import java.util.Optional;
import java.util.function.Supplier;

/// How one driver expands volumes.
final class Expansion {
  /// The field of a volume's CSI source that names the secret.
  static final String SECRET_FIELD = "controllerExpandSecretRef";

  private final Supplier<KnownDriver.Facts> driver;
  private final String name;
  private final Csi csi;
  private final Resizer.Settings settings;

  /// @param driver what the driver says of itself, as of now
  Expansion(Supplier<KnownDriver.Facts> driver, Csi csi, Resizer.Settings settings) {
    this.driver = driver;
    this.name = driver.get().name();
    this.csi = csi;
    this.settings = settings;
  }

  /// The driver's name.
  String driverName() {
    return name;
  }

  /// Source: external-resizer, `NewResizerFromClient`.
  Means means() {
    if (driver.get().has(ControllerGetCapabilities.Capability.EXPAND_VOLUME))
      return Means.CONTROLLER;
    return nodeExpands() ? Means.NODE : Means.NONE;
  }

  private boolean nodeExpands() {
    try {
      return csi.call(new NodeGetCapabilities(), settings.callTimeout())
          .has(NodeGetCapabilities.Capability.EXPAND_VOLUME);
    } catch (CsiException noNodeService) {
      return switch (noNodeService.code()) {
        case UNIMPLEMENTED -> false;
        default -> throw noNodeService;
      };
    }
  }

  /// The call for a volume; empty where its access modes have no CSI mode.
  Optional<ControllerExpandVolume> call(PersistentVolume volume, Bytes target, Secrets secrets) {
    boolean multiWriter =
        driver.get().has(ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
    return AccessMode.of(volume.accessModes(), multiWriter)
        .map(mode ->
            new ControllerExpandVolume(
                new VolumeId(volume.csi().handle()),
                CapacityRange.atLeast(target),
                secrets,
                new VolumeCapability(access(volume), mode)));
  }

  private VolumeCapability.Access access(PersistentVolume volume) {
    if (volume.block()) return new VolumeCapability.Access.Block();
    var fsType = volume.csi().fsType();
    return new VolumeCapability.Access.Mount(
        fsType.isEmpty() ? settings.defaultFsType() : fsType, volume.mountOptions(), "");
  }

  /// Asks the driver; one that expands on the node alone is not asked.
  ControllerExpandVolume.Answer ask(ControllerExpandVolume call) {
    return means() == Means.CONTROLLER
        ? csi.call(call, settings.callTimeout())
        : new ControllerExpandVolume.Answer(call.capacity().required(), true);
  }
}
