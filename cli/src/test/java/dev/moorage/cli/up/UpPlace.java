package dev.moorage.cli.up;

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

/// A folder with one house's state, and what of it is on this machine.
final class UpPlace implements AutoCloseable {
  static final Path EXAMPLES = Path.of("..", "examples");

  private final Path folder;

  UpPlace() {
    try {
      folder = Files.createTempDirectory(Path.of("/var/tmp"), "moorage-up-it-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  Path state() {
    return folder.resolve("state");
  }

  /// `moor WORD --state ... ARGUMENTS`, in a process of its own.
  MoorProcess moor(String word, String... arguments) {
    var all = new ArrayList<>(List.of(word, "--state", state().toString()));
    all.addAll(Arrays.asList(arguments));
    return new MoorProcess(List.of(), folder, all);
  }

  /// The same, to its end, which must be good.
  String done(String word, String... arguments) {
    try (var moor = moor(word, arguments)) {
      var said = String.join("\n", moor.end());
      assertThat(moor.exitCode()).as("moor %s: %s", word, said).isZero();
      return said;
    }
  }

  /// A house in the foreground, ready.
  MoorProcess up(String... arguments) {
    var all = new ArrayList<>(List.of("--pool-size", "1Gi"));
    all.addAll(Arrays.asList(arguments));
    var up = moor("up", all.toArray(String[]::new));
    assertThat(up.says(line -> line.startsWith("Ready in"))).as("%s", up).isTrue();
    return up;
  }

  /// The processes of the example's pod that stay as they are while it runs.
  List<Long> pods() {
    var prefix = "moorage." + node() + "-";
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> file(pid, "cmdline").contains("size.new"))
        .filter(pid -> (file(pid, "cmdline") + file(pid, "environ")).contains(prefix))
        .sorted()
        .toList();
  }

  private static String file(long pid, String name) {
    return text(Path.of("/proc", Long.toString(pid), name));
  }

  private String node() {
    return KeyLines.of(text(state().resolve("moorage.state"))).getOrDefault("node", "?");
  }

  /// Mounts and loop devices of this house.
  List<String> kernelThings() {
    var things = new ArrayList<String>();
    text(Path.of("/proc/self/mountinfo"))
        .lines()
        .filter(line -> line.contains(folder.toString()))
        .forEach(things::add);
    try (var devices = Files.list(Path.of("/sys/block"))) {
      devices
          .map(device -> text(device.resolve("loop/backing_file")))
          .filter(image -> image.startsWith(folder + "/"))
          .forEach(things::add);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return things;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException gone) {
      return "";
    }
  }

  @Override
  public void close() {
    try (var down = moor("down", "--purge")) {
      var said = down.end();
      assertThat(kernelThings()).as(String.join("\n", said)).isEmpty();
    }
    try (var all = Files.walk(folder)) {
      for (var entry : all.toList().reversed()) Files.deleteIfExists(entry);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
