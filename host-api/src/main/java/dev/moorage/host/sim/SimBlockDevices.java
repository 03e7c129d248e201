package dev.moorage.host.sim;

import dev.moorage.host.BlockDevices;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import java.util.Optional;

final class SimBlockDevices implements BlockDevices {
  private final Kernel kernel;
  private final Door door;

  SimBlockDevices(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Optional<Seen> look(String device) {
    return door.look(
        "device",
        device,
        () -> attached(device).map(loop -> new Seen(loop.size, loop.writeProtected)));
  }

  @Override
  public void protect(String device, boolean readOnly) {
    door.change(
        "protect",
        device,
        () -> {
          var loop =
              attached(device)
                  .orElseThrow(() -> new HostException(Errno.ENXIO, device + " is not attached"));
          loop.writeProtected = readOnly || loop.options.readOnly();
        });
  }

  private Optional<LoopDevice> attached(String path) {
    return kernel
        .find(path)
        .filter(place -> place.node() instanceof Node.Device)
        .flatMap(place -> kernel.loop((Node.Device) place.node()));
  }
}
