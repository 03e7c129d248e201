package dev.moorage.conformance.mutants;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// For each mutant the calls that show its bug, and what is then seen.
final class Drives {
  private final Map<String, Function<Bench, String>> drives = new LinkedHashMap<>();

  Drives() {
    new ControllerDrives(this).addAll();
    new SnapshotDrives(this).addAll();
    new NodeDrives(this).addAll();
    new GeneralDrives(this).addAll();
  }

  void add(String mutant, Function<Bench, String> drive) {
    if (drives.put(mutant, drive) != null) throw new IllegalStateException("twice: " + mutant);
  }

  /// What the calls of this mutant show on a bench.
  String run(String mutant, Bench bench) {
    var drive = drives.get(mutant);
    if (drive == null) throw new IllegalStateException("nobody drives " + mutant);
    return drive.apply(bench);
  }
}
