package dev.moorage.linux;

import dev.moorage.base.Bytes;
import dev.moorage.host.HostException;
import dev.moorage.host.Machine;
import java.util.List;
import java.util.Optional;

/// What this machine says of itself.
final class LinuxMachine {
  private final Kernel kernel;
  private final Tools tools;

  LinuxMachine(Kernel kernel) {
    this.kernel = kernel;
    this.tools = new Tools(kernel);
  }

  Machine look(String bootId) {
    var machine = first("/etc/machine-id", "/var/lib/dbus/machine-id");
    var system = first("/sys/class/dmi/id/product_uuid");
    return new Machine(
        architecture(
            kernel.look(kernel.settings().files(), "asking for the machine", Syscalls::machine)),
        "linux",
        first("/proc/sys/kernel/osrelease"),
        osImage(),
        new Machine.Ids(machine, system.isEmpty() ? machine : system, bootId),
        sandboxes(),
        new Machine.Room(Runtime.getRuntime().availableProcessors(), memory()));
  }

  private static String first(String... files) {
    return List.of(files).stream()
        .flatMap(file -> KernelFiles.line(file).stream())
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse("");
  }

  static String architecture(String machine) {
    return switch (machine) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> machine;
    };
  }

  private static String osImage() {
    return KernelFiles.text("/etc/os-release")
        .or(() -> KernelFiles.text("/usr/lib/os-release"))
        .flatMap(LinuxMachine::prettyName)
        .orElse("Linux");
  }

  /// Source: `os-release(5)`: shell assignments, in quotes or without.
  static Optional<String> prettyName(String osRelease) {
    return osRelease
        .lines()
        .filter(line -> line.startsWith("PRETTY_NAME="))
        .map(line -> line.substring("PRETTY_NAME=".length()).strip())
        .map(name -> name.replaceAll("^[\"']|[\"']$", ""))
        .findFirst();
  }

  private static Bytes memory() {
    return KernelFiles.text("/proc/meminfo").map(LinuxMachine::memoryIn).orElse(Bytes.ZERO);
  }

  static Bytes memoryIn(String meminfo) {
    return meminfo
        .lines()
        .filter(line -> line.startsWith("MemTotal:"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .map(kibi -> new Bytes(kibi * 1024))
        .findFirst()
        .orElse(Bytes.ZERO);
  }

  private String sandboxes() {
    try {
      var said = tools.run(List.of(Tools.path("bwrap", "bubblewrap"), "--version")).lastLine();
      return "bubblewrap://" + said.substring(said.lastIndexOf(' ') + 1);
    } catch (HostException missing) {
      return ""; // whoever starts a pod is told
    }
  }
}
