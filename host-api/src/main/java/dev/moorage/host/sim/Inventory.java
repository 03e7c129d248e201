package dev.moorage.host.sim;

import dev.moorage.host.sim.KernelMount.Place;
import java.util.ArrayList;
import java.util.List;

/// The text form of everything that a simulated kernel holds.
final class Inventory {
  private final Kernel kernel;
  private final List<String> lines = new ArrayList<>();

  Inventory(Kernel kernel) {
    this.kernel = kernel;
  }

  List<String> lines() {
    kernel.mounts.forEach(this::add);
    kernel.loops.forEach(
        loop -> lines.add("loop " + loop.node.path() + " " + loop.shown().image()));
    kernel.open.forEach(file -> lines.add("lock " + file.path()));
    kernel.processes.stream()
        .filter(SimProcess::isRunning)
        .forEach(process -> lines.add("process " + process.sandbox.name()));
    walk(kernel.at("/"));
    return lines.stream().sorted().toList();
  }

  private void add(KernelMount mount) {
    lines.add(
        String.join(
            " ",
            "mount",
            mount.target,
            mount.filesystem.type,
            mount.source,
            mount.rootPath,
            (mount.readOnly ? "ro" : "rw") + (mount.shared ? ",shared" : "")));
  }

  private void walk(Place place) {
    switch (place.node()) {
      case Node.Folder folder -> {
        lines.add("folder " + place.path());
        String parent = place.path().equals("/") ? "" : place.path();
        for (String name : folder.entries.keySet()) walk(kernel.at(parent + "/" + name));
      }
      case Node.File file when file.ledger.isEmpty() ->
          lines.add("file " + place.path() + " " + file.size + contentOf(file));
      case Node.File file -> addLedger(place.path(), file);
      case Node.Socket _ -> lines.add("socket " + place.path());
      case Node.Device _ -> {} // the nodes of detached devices stay, as in the kernel
    }
  }

  /// What a ledger says, not how often it was written: removals leave no line.
  private void addLedger(String path, Node.File file) {
    lines.add("file " + path + " 0");
    for (var record : file.ledger)
      record
          .entry()
          .ifPresent(
              entry -> lines.add("ledger " + path + " " + record.key() + " " + entry.texts()));
  }

  private static String contentOf(Node.File file) {
    return file.holds == null ? "" : " " + file.holds.type + " " + file.holds.size;
  }
}
