package dev.moorage.cli.api;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.manifest.Manifest;
import dev.moorage.cli.manifest.ManifestReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// The option that names manifests.
final class FileOption {
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      description =
          "A file, a folder (without its subfolders) or - for standard input; may be given several times (default: none).")
  private List<String> files = new ArrayList<>();

  boolean isGiven() {
    return !files.isEmpty();
  }

  /// All objects of all files, in order.
  ///
  /// @throws CommandFailed when one of them cannot be read; nothing is done then
  List<Manifest> manifests() {
    var all = new ArrayList<Manifest>();
    for (String file : files) all.addAll(of(file));
    if (all.isEmpty()) throw new CommandFailed("no objects in " + String.join(", ", files));
    return all;
  }

  private static List<Manifest> of(String file) {
    if (file.equals(STANDARD_INPUT)) return ManifestReader.stream("standard input", System.in);
    if (file.startsWith("http://") || file.startsWith("https://"))
      throw new CommandFailed(
          file + ": fetch it first, e.g. curl -sL " + file + " | ./moor apply -f -");
    return ManifestReader.path(Path.of(file));
  }
}
