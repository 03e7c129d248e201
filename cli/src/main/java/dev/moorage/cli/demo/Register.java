package dev.moorage.cli.demo;

import dev.moorage.host.Host;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// Which runs of the demo made their folder elsewhere than in the usual place, so that the next run
/// finds what they left, whatever folder that one is given. One file per run, named as its folder:
/// runs side by side never touch one another's entry.
final class Register {
  private static final Path ENTRIES = Path.of("/run");

  private final Host host;

  Register(Host host) {
    this.host = host;
  }

  /// Where runs may have left something: here, in the usual place, and where the registered ones
  /// are.
  List<Path> parents(Path here) {
    var parents = new TreeSet<>(List.of(here, DemoSettings.PARENT));
    for (String run : runs()) host.files().read(entry(run)).map(Path::of).ifPresent(parents::add);
    return List.copyOf(parents);
  }

  /// To be called when the run's folder stands and nothing is mounted yet.
  ///
  /// @param run the name of the run's folder
  void add(String run, Path parent) {
    if (!parent.equals(DemoSettings.PARENT)) host.files().write(entry(run), parent.toString());
  }

  /// Forgets the runs whose folders are gone.
  void forgetGone() {
    for (String run : runs()) {
      var parent = host.files().read(entry(run)).map(Path::of);
      if (parent.filter(in -> host.files().look(in.resolve(run).toString()).isPresent()).isEmpty())
        host.files().removeFile(entry(run));
    }
  }

  private List<String> runs() {
    return host.files().names(ENTRIES.toString()).stream()
        .filter(name -> name.startsWith(RunFolder.PREFIX))
        .toList();
  }

  private static String entry(String run) {
    return ENTRIES.resolve(run).toString();
  }
}
