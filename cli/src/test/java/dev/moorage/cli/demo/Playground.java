package dev.moorage.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.cli.MoorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder that demos play in, and what of them is on this machine. Other demos, elsewhere on the
/// machine, are nobody's business here.
final class Playground implements AutoCloseable {
  private static final Path SHORT_LINKS = Path.of("/run/moorage");
  private static final Pattern RUN = Pattern.compile("moorage-demo-([a-z0-9]+)");

  private final Path folder;
  private final Path temporary;

  Playground() {
    try {
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "moorage-it-");
      temporary = Files.createDirectory(folder.resolve("tmp"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// An existing folder in this one.
  Path folder(String name) {
    try {
      return Files.createDirectories(folder.resolve("demos").resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path linkTo(Path target) {
    try {
      return Files.createSymbolicLink(folder.resolve("link"), target);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Starts a short demo in the folder.
  MoorProcess start() {
    return start(List.of(), folder(""), "--more", "0");
  }

  MoorProcess start(List<String> before, Path parent, String... arguments) {
    var all = new ArrayList<>(List.of("demo", "--folder", parent.toString()));
    all.addAll(Arrays.asList(arguments));
    return new MoorProcess(before, temporary, all);
  }

  /// Mounts, loop devices, links, processes and files of demos that played here and said this.
  void assertNothingIsLeft(List<String> said) {
    var marks = new ArrayList<>(List.of(folder.toString()));
    RUN.matcher(String.join("\n", said))
        .results()
        .map(run -> "moorage.node-" + run.group(1) + "-")
        .distinct()
        .forEach(marks::add);
    assertThat(mounts()).as("mounts").isEmpty();
    assertThat(loops()).as("loop devices").isEmpty();
    assertThat(links()).as("short links").isEmpty();
    assertThat(processes(marks)).as("processes").isEmpty();
    assertThat(files(folder.resolve("demos"))).as("files").isEmpty();
    assertThat(files(temporary)).as("temporary files").isEmpty();
  }

  private List<String> mounts() {
    return text(Path.of("/proc/self/mountinfo"))
        .lines()
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  private List<String> loops() {
    return names(Path.of("/sys/block"))
        .map(device -> text(device.resolve("loop/backing_file")))
        .filter(image -> image.startsWith(folder + "/"))
        .toList();
  }

  private List<String> links() {
    return names(SHORT_LINKS)
        .map(link -> {
          try {
            return Files.readSymbolicLink(link).toString();
          } catch (IOException gone) {
            return "";
          }
        })
        .filter(target -> target.startsWith(folder + "/"))
        .toList();
  }

  private static List<String> processes(List<String> marks) {
    return ProcessHandle.allProcesses()
        .map(process -> Path.of("/proc", String.valueOf(process.pid())))
        .map(process -> text(process.resolve("cmdline")) + " " + text(process.resolve("environ")))
        .filter(words -> marks.stream().anyMatch(words::contains))
        .toList();
  }

  /// Files, links, sockets; the folders that tests made do not count.
  private static List<String> files(Path folder) {
    try (var all = Files.walk(folder)) {
      return all.filter(
              file -> !Files.isDirectory(file) || file.toString().contains("moorage-demo-"))
          .map(Path::toString)
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Stream<Path> names(Path folder) {
    try (var names = Files.list(folder)) {
      return names.toList().stream();
    } catch (IOException missing) {
      return Stream.of();
    }
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException gone) {
      return "";
    }
  }

  /// Removes what the tests made; what demos left stays, for whoever wants to know.
  @Override
  public void close() {
    try (var all = Files.walk(folder)) {
      for (var entry : all.toList().reversed())
        if (!entry.toString().contains("moorage-demo-")) Files.deleteIfExists(entry);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
