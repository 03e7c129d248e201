package dev.moorage.linux;

import dev.moorage.host.HostException;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Mounts;
import dev.moorage.linux.Settings.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// The mount tree by `mount(2)` and the newer calls that place a finished mount.
final class LinuxMounts implements Mounts {
  private final Kernel kernel;
  private final Fate fate;
  private final KnownMounts known = new KnownMounts();

  LinuxMounts(Kernel kernel) {
    this.kernel = kernel;
    this.fate = kernel.settings().mounts();
  }

  @Override
  public void mount(String device, String target, String fsType, List<String> options) {
    var split = MountOptions.of(options);
    kernel.changeOnly(
        fate,
        "mount",
        target,
        calls -> {
          refuseLink(calls, target);
          var tried = "mounting " + device + " (" + fsType + ") on " + target + told(options);
          calls.mount(tried, device, target, fsType, split.flags(), split.data());
        });
  }

  private static String told(List<String> options) {
    return options.isEmpty() ? "" : " with " + String.join(",", options);
  }

  /// `mount(2)` would follow a link to somewhere else; the newer calls do not say what is wrong.
  private static void refuseLink(Syscalls calls, String target) {
    if (calls.stat(target).isLink()) {
      throw Errnos.failure(Errno.ELOOP.number(), "mounting on " + target);
    }
  }

  @Override
  public void bind(String source, String target, boolean readOnly) {
    kernel.changeOnly(fate, "bind", target, calls -> bind(calls, source, target, readOnly));
  }

  private static void bind(Syscalls calls, String source, String target, boolean readOnly) {
    refuseLink(calls, target);
    try {
      bindFinished(calls, source, target, readOnly);
    } catch (HostException old) {
      if (!old.is(Errno.ENOSYS)) throw old;
      new OldBind(calls).bind(source, target, readOnly);
    }
  }

  /// The mount is made, and made read-only, before it stands anywhere.
  private static void bindFinished(Syscalls calls, String source, String target, boolean readOnly) {
    try (var mount = calls.copyOfMount(source)) {
      if (readOnly) calls.makeReadOnly(mount);
      calls.place(mount, target);
    }
  }

  /// A system call that just runs in the filesystem keeps it busy for its time: a `syncfs` of
  /// somebody who has been interrupted, say.
  @Override
  public void unmount(String target) {
    var pause = new Pause(kernel.group(), kernel.settings().lettingGo());
    while (true) {
      try {
        kernel.changeOnly(fate, "unmount", target, calls -> calls.unmount(target));
        return;
      } catch (HostException busy) {
        if (!busy.is(Errno.EBUSY) || !pause.again()) throw busy;
      }
    }
  }

  @Override
  public List<Mount> table() {
    return kernel.look(fate, "reading the mount table", _ -> read().mounts());
  }

  @Override
  public List<Mount> everywhere() {
    return kernel.look(fate, "reading all mount tables", _ -> readEverywhere());
  }

  /// One table per namespace; a process that ends meanwhile has none.
  private static List<Mount> readEverywhere() {
    var seen = new TreeSet<String>();
    var mounts = new ArrayList<Mount>();
    for (String process : KernelFiles.names("/proc")) {
      if (!process.chars().allMatch(Character::isDigit)) continue;
      var namespace = KernelFiles.link("/proc/" + process + "/ns/mnt");
      if (namespace.isEmpty() || !seen.add(namespace.get())) continue;
      KernelFiles.text("/proc/" + process + "/mountinfo")
          .ifPresent(text -> mounts.addAll(MountTable.of(text).mounts()));
    }
    return List.copyOf(mounts);
  }

  private MountTable read() {
    var text = KernelFiles.text("/proc/self/mountinfo");
    if (text.isEmpty()) throw Errnos.failure(Errno.ENOENT.number(), "reading the mount table");
    return known.read(text.get());
  }

  @Override
  public void share(String folder) {
    kernel.changeOnly(fate, "share", folder, calls -> share(calls, folder));
  }

  private void share(Syscalls calls, String folder) {
    refuseLink(calls, folder);
    var standing = read().at(folder);
    if (standing.isPresent() && standing.get().shared()) return;
    if (standing.isEmpty()) {
      calls.mount("binding " + folder + " on itself", folder, folder, "", Syscalls.MS_BIND, "");
      // Below a shared mount the copy is its twin: every mount in it would stand twice.
      calls.mount("taking " + folder + " apart", "", folder, "", Syscalls.MS_PRIVATE, "");
    }
    calls.mount("sharing " + folder, "", folder, "", Syscalls.MS_SHARED, "");
  }
}
