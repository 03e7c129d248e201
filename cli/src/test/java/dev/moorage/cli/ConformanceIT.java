package dev.moorage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csiwire.GrpcSockets;
import dev.moorage.drivers.loop.LoopDriver;
import dev.moorage.linux.LinuxHost;
import dev.moorage.linux.Rights;
import dev.moorage.linux.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The whole suite on the loop driver behind a real socket, with real mounts.
class ConformanceIT {
  private final Group process = new LiveTasks().group("driver");
  private final LinuxHost host = new LinuxHost(process, Settings.DEFAULTS);
  private Path folder = Path.of("/var/tmp");

  @BeforeEach
  void makeFolder() throws IOException {
    assumeTrue(Rights.of(process).suffice(), "the right to mount");
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "moor-it-");
  }

  @AfterEach
  void clear() throws IOException {
    process.close();
    if (!folder.endsWith("tmp")) removeAll(folder);
  }

  private static void removeAll(Path path) throws IOException {
    if (Files.isDirectory(path))
      try (var below = Files.list(path)) {
        for (var each : below.toList()) removeAll(each);
      }
    Files.deleteIfExists(path);
  }

  @Test
  void the_loop_driver_keeps_every_rule_behind_its_socket() throws Exception {
    var settings =
        new LoopDriver.Settings(
            LoopDriver.Settings.DEFAULT_NAME,
            "1",
            "node-a",
            folder.resolve("state").toString(),
            Bytes.gibi(4),
            6);
    var endpoint = "unix://" + folder.resolve("csi.sock");
    var report = folder.resolve("report.html");
    var junit = folder.resolve("junit.xml");
    var driver = LoopDriver.start(process, host, settings, Journal.none());
    try (var _ = new GrpcSockets(process).serve(endpoint, driver)) {
      var said = new StringWriter();
      int code =
          run(
              said,
              endpoint,
              "--size=320Mi",
              "--attach-limit=6",
              "--parameters=label=checks",
              "--seed=5",
              "--staging-dir=" + folder,
              "--html=" + report,
              "--junit=" + junit);
      assertThat(said.toString().lines().filter(line -> line.startsWith("FAILED"))).isEmpty();
      assertThat(code).isZero();
      assertThat(said.toString()).contains("passed, 0 failed");
    } finally {
      driver.close();
    }
    assertThat(Files.readString(report)).contains("controller.create.works");
    assertThat(Files.readString(junit)).contains("failures=\"0\"");
    assertThat(host.mounts().table())
        .noneMatch(mount -> mount.target().startsWith(folder.toString()));
  }

  @Test
  void where_no_driver_answers_the_exit_code_says_so() {
    var said = new StringWriter();
    assertThat(run(said, "unix://" + folder.resolve("none.sock"))).isEqualTo(2);
    assertThat(said.toString()).contains("no driver answers");
  }

  private static int run(StringWriter said, String... arguments) {
    var all = new ArrayList<>(List.of("conformance"));
    all.addAll(Arrays.asList(arguments));
    var writer = new PrintWriter(said, true);
    return Moor.commandLine(writer, writer).execute(all.toArray(String[]::new));
  }
}
