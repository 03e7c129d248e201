package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// One installed kubectl, with a home of its own.
final class Kubectl {
  private static final long SECONDS_AT_MOST = 60;

  private final Path binary;
  private final Path home;

  /// @param home a folder for its kubeconfig and its cache
  Kubectl(Path binary, Path home, String kubeconfig) {
    this.binary = binary;
    this.home = home;
    write("config", kubeconfig);
  }

  /// All kubectls on the path, and those that stand beside them as `kubectl.1.30`.
  static List<Path> installed() {
    var found = new LinkedHashMap<Path, Path>();
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      var first = Path.of(folder, "kubectl");
      if (!Files.isExecutable(first)) continue;
      try {
        var real = first.toRealPath();
        found.put(real, real);
        try (Stream<Path> beside = Files.list(real.getParent())) {
          beside
              .filter(file -> file.getFileName().toString().matches("kubectl\\.1\\.\\d+"))
              .sorted()
              .forEach(file -> found.put(file, file));
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return List.copyOf(found.values());
  }

  /// What a command printed.
  record Said(int code, String text) {}

  /// Writes a file into its home; single quotes stay.
  String write(String name, String text) {
    try {
      return Files.writeString(home.resolve(name), text).toString();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Runs a command that must succeed.
  String ok(String... arguments) {
    var said = run(arguments);
    assertThat(said.code()).as("kubectl %s: %s", String.join(" ", arguments), said.text()).isZero();
    return said.text();
  }

  /// Runs a command that must fail.
  String refused(String... arguments) {
    var said = run(arguments);
    assertThat(said.code())
        .as("kubectl %s: %s", String.join(" ", arguments), said.text())
        .isNotZero();
    return said.text();
  }

  Said run(String... arguments) {
    try {
      var process = start(arguments);
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) process.destroyForcibly();
      return new Said(process.exitValue(), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Starts a command whose words are read while it runs.
  Process start(String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(binary.toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME",
                home.toString(),
                "KUBECONFIG",
                home.resolve("config").toString(),
                "EDITOR",
                "sed -i s/gold/bronze/"));
    return builder.start();
  }
}
