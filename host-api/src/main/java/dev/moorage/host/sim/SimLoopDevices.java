package dev.moorage.host.sim;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices;
import java.util.List;

final class SimLoopDevices implements LoopDevices {
  private final Kernel kernel;
  private final Door door;

  SimLoopDevices(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Loop attach(String image, Options options) {
    return door.change("loop attach", image, () -> attachNow(image, options));
  }

  private Loop attachNow(String image, Options options) {
    var place = kernel.at(image);
    if (!(place.node() instanceof Node.File file))
      throw new HostException(Errno.EINVAL, "attach " + image + ": no file");
    if (!options.readOnly()) kernel.refuseReadOnly(place);
    if (options.lock() && kernel.isLocked(file))
      throw new HostException(Errno.EAGAIN, "attach " + image + ": another holds its lock");
    var loop = new LoopDevice(freeNode(), place, options, kernel.settings.directIo());
    kernel.loops.add(loop);
    return loop.shown();
  }

  private Node.Device freeNode() {
    int minor = 0;
    while (isTaken(minor)) minor++;
    var node = new Node.Device("/dev/loop" + minor, minor);
    Kernel.folder(kernel.folderAt("/dev")).entries.putIfAbsent("loop" + minor, node);
    return node;
  }

  private boolean isTaken(int minor) {
    return kernel.loops.stream().anyMatch(loop -> loop.node.minor() == minor);
  }

  @Override
  public List<Loop> over(String image) {
    return door.look(
        "loops",
        image,
        () ->
            kernel.find(image).stream()
                .flatMap(place -> kernel.loops.stream().filter(loop -> loop.image == place.node()))
                .map(LoopDevice::shown)
                .toList());
  }

  @Override
  public List<Loop> all() {
    return door.look("loops", "", () -> kernel.loops.stream().map(LoopDevice::shown).toList());
  }

  @Override
  public void detach(String device) {
    door.change(
        "loop detach",
        device,
        () -> {
          var loop = attached(device);
          if (kernel.isActive(loop.image.holds))
            throw new HostException(Errno.EBUSY, "detach " + device + ": it is mounted");
          kernel.loops.remove(loop);
        });
  }

  @Override
  public void refresh(String device) {
    door.change(
        "loop refresh",
        device,
        () -> {
          var loop = attached(device);
          loop.size = loop.image.size;
        });
  }

  @Override
  public void flush(String device) {
    door.change(
        "loop flush",
        device,
        () -> {
          var holds = attached(device).image.holds;
          if (holds != null) holds.sync();
        });
  }

  @Override
  public void refuseDiscards(String device) {
    door.change(
        "loop refuse discards",
        device,
        () -> {
          attached(device).discard = false;
        });
  }

  private LoopDevice attached(String device) {
    return kernel.loops.stream()
        .filter(loop -> loop.node.path().equals(device))
        .findFirst()
        .orElseThrow(() -> new HostException(Errno.ENXIO, device + " is not attached"));
  }
}
