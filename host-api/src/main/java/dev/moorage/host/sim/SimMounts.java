package dev.moorage.host.sim;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts;
import dev.moorage.host.sim.KernelMount.Place;
import java.util.List;

final class SimMounts implements Mounts {
  private final Kernel kernel;
  private final Door door;

  SimMounts(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public void mount(String device, String target, String fsType, List<String> options) {
    door.change("mount", target, () -> mountNow(device, target, fsType, options));
  }

  private void mountNow(String device, String target, String fsType, List<String> options) {
    if (!(kernel.at(device).node() instanceof Node.Device node))
      throw new HostException(Errno.EINVAL, "mount " + device + ": no block device");
    var on = kernel.folderAt(target);
    var loop =
        kernel
            .loop(node)
            .orElseThrow(() -> new HostException(Errno.ENXIO, "mount " + device + ": no image"));
    var filesystem = loop.image.holds;
    if (filesystem == null || !filesystem.type.equals(fsType))
      throw new HostException(Errno.EINVAL, "mount " + device + ": it holds no " + fsType);
    if (fsType.equals("xfs") && filesystem.sectorBytes < loop.options.sectorBytes())
      throw new HostException(
          Errno.ENOSYS,
          "mount " + device + ": made for sectors of " + filesystem.sectorBytes + " bytes");
    refuseTwin(device, filesystem, options);
    if (on.mount() != null && on.mount().filesystem == filesystem && on.inFilesystem().equals("/"))
      throw new HostException(Errno.EBUSY, "mount " + device + ": mounted on " + target);
    kernel.mounts.add(
        new KernelMount(
            filesystem,
            device,
            "7:" + node.minor(),
            options.contains("ro") || loop.writeProtected,
            on));
    if (!loop.writeProtected && !options.contains("norecovery")) filesystem.unreplayed = false;
  }

  private void refuseTwin(String device, Filesystem filesystem, List<String> options) {
    if (!filesystem.type.equals("xfs") || options.contains("nouuid")) return;
    boolean twin =
        kernel.mounts.stream()
            .map(mount -> mount.filesystem)
            .anyMatch(other -> other != filesystem && other.id == filesystem.id);
    if (twin)
      throw new HostException(
          Errno.EINVAL, "mount " + device + ": an xfs of this id is mounted already");
  }

  @Override
  public void bind(String source, String target, boolean readOnly) {
    door.change(
        "bind",
        target,
        () -> {
          var shown = kernel.at(source);
          var on = kernel.at(target);
          if (shown.node() instanceof Node.Folder != on.node() instanceof Node.Folder)
            throw new HostException(
                Errno.ENOTDIR, "bind " + source + " to " + target + ": one of them is a folder");
          kernel.mounts.add(shown.through().bind(shown, on.path(), readOnly, on));
        });
  }

  @Override
  public void unmount(String target) {
    door.change(
        "unmount",
        target,
        () -> {
          var mount = topmost(kernel.at(target));
          if (kernel.isBusy(mount))
            throw new HostException(Errno.EBUSY, "unmount " + target + ": in use");
          kernel.mounts.remove(mount);
        });
  }

  @SuppressWarnings("ReferenceEquality") // the root of this very mount
  private static KernelMount topmost(Place place) {
    var mount = place.through();
    if (mount.parent == null || mount.root != place.node() || !mount.target.equals(place.path()))
      throw new HostException(Errno.EINVAL, place.path() + " is no mount");
    return mount;
  }

  @Override
  public List<Mounts.Mount> table() {
    return door.look("table", "", () -> kernel.mounts.stream().map(SimMounts::shown).toList());
  }

  private static Mounts.Mount shown(KernelMount mount) {
    return new Mounts.Mount(
        mount.device,
        mount.rootPath,
        mount.target,
        mount.filesystem.type,
        mount.source,
        mount.readOnly);
  }

  @Override
  public void share(String folder) {
    door.change(
        "share",
        folder,
        () -> {
          var place = kernel.folderAt(folder);
          boolean isMount =
              kernel.mounts.stream().anyMatch(mount -> mount.target.equals(place.path()));
          if (!isMount) kernel.mounts.add(place.through().bind(place, place.path(), false, place));
          kernel.at(folder).through().shared = true;
        });
  }
}
