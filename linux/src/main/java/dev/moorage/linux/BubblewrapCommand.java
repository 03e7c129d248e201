package dev.moorage.linux;

import dev.moorage.host.Sandboxes.Bind;
import dev.moorage.host.Sandboxes.Spec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// How bubblewrap is asked for one sandbox.
///
/// @param arguments the program and all its arguments
/// @param environment `NAME=value` each
///
///   Source: `bwrap(1)`, version 0.8.
record BubblewrapCommand(List<String> arguments, List<String> environment) {
  /// Names a sandbox in the environment of its processes, by which it is found again. (The
  /// arguments of a process can be read by everybody on a host, its environment cannot.)
  static final String NAME = "MOORAGE_SANDBOX";

  /// Where bubblewrap tells its child's pid.
  static final int INFO = 3;

  /// What it waits for before the command starts.
  static final int GO = 4;

  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /// What ordinary programs look up; not one more file of the host's `/etc` is shown.
  private static final List<String> SHOWN_FILES =
      List.of(
          "/etc/alternatives",
          "/etc/group",
          "/etc/ld.so.cache",
          "/etc/localtime",
          "/etc/nsswitch.conf",
          "/etc/passwd");

  /// What root in a container may do; not mount, not make device nodes, not touch the network.
  private static final List<String> CAPABILITIES =
      List.of(
          "CAP_CHOWN",
          "CAP_DAC_OVERRIDE",
          "CAP_FOWNER",
          "CAP_FSETID",
          "CAP_KILL",
          "CAP_NET_BIND_SERVICE",
          "CAP_SETGID",
          "CAP_SETPCAP",
          "CAP_SETUID",
          "CAP_SYS_CHROOT");

  /// These change what a program loads before it starts, bubblewrap itself too, which still stands
  /// outside: they are set for the command alone.
  ///
  /// Source: `sysdeps/generic/unsecvars.h` of the GNU C library.
  private static final List<String> INSIDE_ONLY =
      List.of(
          "GCONV_PATH",
          "GETCONF_DIR",
          "GLIBC_TUNABLES",
          "HOSTALIASES",
          "LD_",
          "LOCALDOMAIN",
          "LOCPATH",
          "MALLOC_",
          "NIS_PATH",
          "NLSPATH",
          "RESOLV_HOST_CONF",
          "RES_OPTIONS",
          "TMPDIR",
          "TZDIR");

  /// A folder of the host's root that is a link into `/usr`, or (where `link` is empty) a real one.
  record RootFolder(String path, String link) {}

  /// Asks for a sandbox.
  ///
  /// @param bwrap where bubblewrap is
  /// @param root the host's `/bin`, `/lib` and so on
  static BubblewrapCommand of(String bwrap, List<RootFolder> root, Spec spec) {
    var arguments = new ArrayList<String>();
    arguments.add(bwrap);
    arguments.addAll(List.of("--info-fd", "" + INFO, "--block-fd", "" + GO));
    arguments.addAll(List.of("--unshare-pid", "--unshare-ipc", "--unshare-uts", "--new-session"));
    arguments.addAll(List.of("--cap-drop", "ALL"));
    CAPABILITIES.forEach(one -> arguments.addAll(List.of("--cap-add", one)));
    showRoot(root, arguments);
    spec.binds().stream()
        .sorted(Comparator.comparing(Bind::target)) // what is shown inside another comes after it
        .forEach(bind -> show(bind, arguments));
    var environment = environment(spec, arguments);
    var folder = spec.workingDir().isEmpty() ? "/" : spec.workingDir();
    arguments.addAll(List.of("--chdir", folder, "--"));
    arguments.addAll(spec.command());
    return new BubblewrapCommand(List.copyOf(arguments), environment);
  }

  private static void showRoot(List<RootFolder> root, List<String> arguments) {
    arguments.addAll(List.of("--ro-bind", "/usr", "/usr"));
    for (var folder : root) {
      if (folder.link().isEmpty()) {
        arguments.addAll(List.of("--ro-bind", folder.path(), folder.path()));
      } else {
        arguments.addAll(List.of("--symlink", folder.link(), folder.path()));
      }
    }
    arguments.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
    SHOWN_FILES.forEach(file -> arguments.addAll(List.of("--ro-bind-try", file, file)));
  }

  private static void show(Bind bind, List<String> arguments) {
    arguments.addAll(
        List.of(bind.readOnly() ? "--ro-bind" : "--bind", bind.source(), bind.target()));
  }

  private static List<String> environment(Spec spec, List<String> arguments) {
    var all = new TreeMap<>(spec.env());
    all.putIfAbsent("PATH", PATH);
    all.put(NAME, spec.name());
    var outside = new ArrayList<String>();
    all.forEach((name, value) -> {
      if (isForInsideOnly(name)) arguments.addAll(List.of("--setenv", name, value));
      else outside.add(name + "=" + value);
    });
    return List.copyOf(outside);
  }

  private static boolean isForInsideOnly(String name) {
    return INSIDE_ONLY.stream().anyMatch(name::startsWith);
  }
}
