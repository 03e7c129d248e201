package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices;
import dev.moorage.linux.Settings.Fate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Loop devices by the kernel's own calls, one device at a time. What is attached is read from
/// `/sys/block`, which opens nothing.
final class LinuxLoopDevices implements LoopDevices {
  private static final String CONTROL = "/dev/loop-control";
  private static final String DISCARD = "/queue/discard_max_bytes";
  private static final String LOOP = "loop";
  private static final String BLOCK = "/sys/block/";

  /// So many others may take the free device before us until we give in.
  private static final int RACES = 64;

  private final Kernel kernel;
  private final Fate fate;

  LinuxLoopDevices(Kernel kernel) {
    this.kernel = kernel;
    this.fate = kernel.settings().loops();
  }

  @Override
  public Loop attach(String image, Options options) {
    return kernel.change(fate, "loop attach", image, calls -> attach(calls, image, options));
  }

  private static Loop attach(Syscalls calls, String image, Options options) {
    int access = options.readOnly() ? Syscalls.O_RDONLY : Syscalls.O_RDWR;
    try (var file = calls.open(image, access, 0)) {
      // The lock stays with the open file, and the device keeps that open: it fences the image for
      // as long as it is attached, whatever becomes of this process.
      if (options.lock()) calls.lock(file, Syscalls.LOCK_EX | Syscalls.LOCK_NB);
      return attachToAFreeDevice(calls, file, options);
    }
  }

  private static Loop attachToAFreeDevice(Syscalls calls, Descriptor file, Options options) {
    try (var control = calls.open(CONTROL, Syscalls.O_RDWR, 0)) {
      for (int race = 0; race < RACES; race++) {
        long free = calls.ioctl(control, "asking for a free device at", LoopStatus.GET_FREE, 0);
        var device = "/dev/loop" + free;
        if (!configured(calls, device, file, options)) continue;
        if (isAsWished(calls, control, free, options)) return shown(device).orElseThrow();
      }
    }
    throw Errnos.failure(
        Errno.EBUSY.number(),
        "attaching " + file.path() + ": " + RACES + " free devices were taken by others");
  }

  /// Lets a fresh device take discards or refuse them.
  ///
  /// @return false when the device was taken away again: the next one will do
  private static boolean isAsWished(
      Syscalls calls, Descriptor control, long number, Options options) {
    var device = "/dev/loop" + number;
    if (options.discard() && hasForgottenDiscards(device)) {
      clear(calls, device);
      remove(calls, control, number);
      return false;
    }
    try {
      if (!options.discard()) setNoDiscards(device);
      return true;
    } catch (HostException refused) {
      clear(calls, device);
      throw refused;
    }
  }

  /// A device that was told to refuse discards keeps to it, whatever is attached to it later: the
  /// kernel takes no other number then. Only a new device begins anew.
  private static boolean hasForgottenDiscards(String device) {
    var folder = BLOCK + name(device);
    return KernelFiles.line(folder + DISCARD).filter("0"::equals).isPresent()
        && KernelFiles.line(folder + "/queue/discard_max_hw_bytes").filter("0"::equals).isEmpty();
  }

  private static void remove(Syscalls calls, Descriptor control, long number) {
    try {
      calls.ioctl(control, "removing device " + number + " at", LoopStatus.REMOVE, number);
    } catch (HostException taken) {
      if (!taken.is(Errno.EBUSY)) throw taken; // its new user has it as it is
    }
  }

  /// What the device lets go, its image would lose for good.
  private static void setNoDiscards(String device) {
    KernelFiles.write(BLOCK + name(device) + DISCARD, "0");
  }

  @Override
  public void refuseDiscards(String device) {
    kernel.changeOnly(fate, "loop refuse discards", device, _ -> setNoDiscards(device));
  }

  @Override
  public void flush(String device) {
    kernel.changeOnly(
        fate,
        "loop flush",
        device,
        calls -> {
          try (var node = calls.open(device, Syscalls.O_RDONLY, 0)) {
            LoopStatus.of(calls, node); // ENXIO when it is not attached
            calls.sync(node);
          }
        });
  }

  /// Tries one device; false when another was faster.
  private static boolean configured(
      Syscalls calls, String device, Descriptor file, Options options) {
    int access = options.readOnly() ? LoopStatus.READ_ONLY : 0;
    makeNodeIfMissing(calls, device);
    try (var node = calls.open(device, Syscalls.O_RDWR, 0)) {
      // Where the filesystem below cannot do direct I/O the kernel leaves it off; the answer says
      // so.
      int flags = access | LoopStatus.DIRECT_IO;
      LoopStatus.configure(calls, node, file.number(), options.sectorBytes(), flags);
      return true;
    } catch (HostException taken) {
      // Since it was free another has attached it, is letting it go, or has removed it.
      if (taken.is(Errno.EBUSY) || taken.is(Errno.ENXIO) || taken.is(Errno.ENOENT)) return false;
      throw taken;
    }
  }

  /// A `/dev` that is not the kernel's own (in a container) lacks nodes of devices made later.
  private static void makeNodeIfMissing(Syscalls calls, String device) {
    if (KernelFiles.exists(device)) return;
    var numbers = KernelFiles.line(BLOCK + name(device) + "/dev").orElse("").split(":", -1);
    if (numbers.length != 2) return;
    try {
      calls.makeBlockDevice(device, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    } catch (HostException made) {
      if (!made.is(Errno.EEXIST)) throw made;
    }
  }

  @Override
  public List<Loop> over(String image) {
    return kernel.look(fate, "looking for devices over " + image, calls -> over(calls, image));
  }

  /// By the file itself, not by its name: the name is what it was called when it was attached.
  private static List<Loop> over(Syscalls calls, String image) {
    Stat file;
    try {
      file = calls.stat(image);
    } catch (HostException missing) {
      if (missing.is(Errno.ENOENT)) return List.of();
      throw missing;
    }
    return numbers()
        .map(number -> "/dev/loop" + number)
        .filter(device -> status(calls, device).filter(its -> its.isOver(file)).isPresent())
        .flatMap(device -> shown(device).stream())
        .toList();
  }

  /// What is attached; empty when nothing is (any more).
  private static Optional<LoopStatus> status(Syscalls calls, String device) {
    try (var node = calls.open(device, Syscalls.O_RDONLY, 0)) {
      return Optional.of(LoopStatus.of(calls, node));
    } catch (HostException gone) {
      if (gone.is(Errno.ENXIO) || gone.is(Errno.ENOENT)) return Optional.empty();
      throw gone;
    }
  }

  @Override
  public List<Loop> all() {
    return kernel.look(fate, "listing loop devices", _ -> attached());
  }

  private static List<Loop> attached() {
    return numbers().flatMap(number -> shown("/dev/loop" + number).stream()).toList();
  }

  /// Of the devices that something is attached to. There may be a thousand, and each look for a
  /// volume's device passes them all.
  private static Stream<Integer> numbers() {
    return KernelFiles.names(BLOCK).stream()
        .filter(name -> name.startsWith(LOOP) && KernelFiles.exists(BLOCK + name + "/loop"))
        .map(name -> Integer.parseInt(name.substring(LOOP.length())))
        .sorted();
  }

  private static Optional<Loop> shown(String device) {
    var folder = BLOCK + name(device);
    var image = KernelFiles.line(folder + "/loop/backing_file");
    if (image.isEmpty()) return Optional.empty();
    long sectors = Long.parseLong(KernelFiles.line(folder + "/size").orElse("0"));
    boolean direct = KernelFiles.line(folder + "/loop/dio").orElse("0").equals("1");
    boolean discard = !KernelFiles.line(folder + DISCARD).orElse("0").equals("0");
    return Optional.of(new Loop(device, image.get(), new Bytes(sectors * 512), direct, discard));
  }

  private static String name(String device) {
    return device.substring(device.lastIndexOf('/') + 1);
  }

  /// The kernel says yes at once and lets go at the last close: a second user, a mount, or only
  /// somebody who looks, keeps it. So what it did is looked at, for a while.
  @Override
  public void detach(String device) {
    kernel
        .group()
        .tasks()
        .effect(
            "loop detach",
            device,
            () -> {
              kernel.inLane(fate, "loop detach " + device, _ -> refuseMounted(device));
              var before = kernel.inLane(fate, "loop detach " + device, c -> clear(c, device));
              if (!waitUntilGone(device, before)) refuse(device, before);
            });
  }

  /// What is mounted here will not let go in a moment: there is no need to wait for it.
  private static boolean refuseMounted(String device) {
    var number = KernelFiles.line(BLOCK + name(device) + "/dev");
    var table = MountTable.of(KernelFiles.text("/proc/self/mountinfo").orElse(""));
    boolean mounted =
        table.mounts().stream().anyMatch(mount -> Optional.of(mount.device()).equals(number));
    if (mounted) throw busy(device, "mounted");
    return false;
  }

  private static HostException busy(String device, String why) {
    return Errnos.failure(Errno.EBUSY.number(), "detaching " + device + ", which is " + why);
  }

  private static LoopStatus clear(Syscalls calls, String device) {
    try (var node = calls.open(device, Syscalls.O_RDONLY, 0)) {
      var before = LoopStatus.of(calls, node);
      calls.ioctl(node, "detaching", LoopStatus.CLEAR, 0);
      return before;
    }
  }

  private boolean waitUntilGone(String device, LoopStatus before) {
    var pause = new Pause(kernel.group(), kernel.settings().lettingGo());
    while (stillThere(device, before)) {
      if (!pause.again()) return false;
    }
    return true;
  }

  /// Looked at through `/sys` first: to open the device would be one more user.
  private boolean stillThere(String device, LoopStatus before) {
    if (shown(device).isEmpty()) return false;
    if (KernelFiles.line(BLOCK + name(device) + "/loop/autoclear").orElse("0").equals("0")) {
      return false; // let go, and taken again by another
    }
    var now = kernel.inLane(fate, "looking at " + device, calls -> status(calls, device));
    return now.isPresent()
        && now.get().letsGo()
        && now.get().inode() == before.inode()
        && now.get().device() == before.device();
  }

  /// The device stays as it was: a refusal must not become a detach at some later moment.
  private void refuse(String device, LoopStatus before) {
    boolean stays =
        kernel.inLane(
            fate,
            "keeping " + device,
            calls -> {
              try (var node = calls.open(device, Syscalls.O_RDONLY, 0)) {
                if (before.letsGo()) return true;
                LoopStatus.stay(calls, node);
                return true;
              } catch (HostException gone) {
                if (gone.is(Errno.ENXIO) || gone.is(Errno.ENOENT)) return false;
                throw gone;
              }
            });
    if (stays) throw busy(device, "open or mounted elsewhere");
  }

  @Override
  public void refresh(String device) {
    kernel.changeOnly(
        fate,
        "loop refresh",
        device,
        calls -> {
          try (var node = calls.open(device, Syscalls.O_RDONLY, 0)) {
            calls.ioctl(node, "taking the file's new size for", LoopStatus.SET_CAPACITY, 0);
          }
        });
  }
}
