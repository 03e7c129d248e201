package dev.moorage.cli.demo;

import dev.moorage.host.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// In which folders runs of the demo have made theirs, beside the usual one: remembered before such
/// a run makes anything, so that the next run finds what it left, whatever folder that one is
/// given.
final class Parents {
  private static final String FILE = "/run/moorage-demo-folders";

  private final Host host;

  Parents(Host host) {
    this.host = host;
  }

  /// The usual folder, this one, and those remembered.
  List<Path> all(Path parent) {
    var all = new TreeSet<>(remembered());
    all.add(DemoSettings.PARENT);
    all.add(parent);
    return List.copyOf(all);
  }

  void remember(Path parent) {
    if (parent.equals(DemoSettings.PARENT)) return;
    var all = remembered();
    if (all.add(parent)) write(all);
  }

  void forget(Path parent) {
    var all = remembered();
    if (all.remove(parent)) write(all);
  }

  /// Those that hold no run any more.
  void forgetOthers() {
    var all = remembered();
    if (all.removeIf(parent -> !RunFolder.isIn(host, parent))) write(all);
  }

  private SortedSet<Path> remembered() {
    var all = new TreeSet<Path>();
    host.files().read(FILE).orElse("").lines().map(Path::of).forEach(all::add);
    return all;
  }

  private void write(SortedSet<Path> all) {
    if (all.isEmpty()) host.files().removeFile(FILE);
    else
      host.files().write(FILE, String.join("\n", all.stream().map(Path::toString).toList()) + "\n");
  }
}
