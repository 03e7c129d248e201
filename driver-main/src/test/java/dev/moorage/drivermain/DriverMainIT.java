package dev.moorage.drivermain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.TopologyRequirement;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csiwire.GrpcSockets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vendor's driver as a process of its own: how it starts, serves, ends, and starts again.
class DriverMainIT {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private Group group;
  private Connection driver;

  @BeforeEach
  void open() {
    group = new LiveTasks().group("caller");
    driver = new GrpcSockets(group).open(endpoint());
  }

  @AfterEach
  void end() throws InterruptedException {
    driver.close();
    group.close();
    for (var process : started) process.destroyForcibly().waitFor();
  }

  private Path socket() {
    return folder.resolve("csi.sock");
  }

  private String endpoint() {
    return "unix://" + socket();
  }

  private Path state() {
    return folder.resolve("state");
  }

  private Process run(String... more) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx48m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FolderDriver.class.getName(),
                "--node-id=node-1",
                "--state=" + state()));
    command.addAll(List.of(more));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().put("CSI_ENDPOINT", endpoint());
    var process = builder.start();
    started.add(process);
    return process;
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String logged() throws IOException {
    return Files.readString(log());
  }

  private Process ready(String... more) throws IOException {
    var process = run(more);
    await().atMost(LONG).until(this::isReady);
    return process;
  }

  private boolean isReady() {
    try {
      return driver.call(new Probe(), LONG).ready();
    } catch (CsiException notYet) {
      return false;
    }
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  private static CreateVolume create(String name) {
    return new CreateVolume(
        name,
        CapacityRange.atLeast(Bytes.mebi(2)),
        List.of(VolumeCapability.mount("ext4", AccessMode.SINGLE_NODE_WRITER)),
        Map.of(),
        Secrets.NONE,
        new ContentSource.Empty(),
        TopologyRequirement.NONE,
        Map.of());
  }

  @Test
  void it_serves_until_it_is_told_to_end_and_takes_its_socket_away() throws Exception {
    var process = ready();
    assertThat(driver.call(new GetPluginInfo(), LONG).name()).isEqualTo("folder.example.dev");
    var volume = driver.call(create("pvc-1"), LONG);
    assertThat(volume.capacity()).isEqualTo(Bytes.mebi(2));
    assertThat(driver.call(new DeleteVolume(volume.id(), Secrets.NONE), LONG)).isEqualTo(Done.DONE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo("rw-------");
    process.destroy();
    assertThat(exitCode(process)).isZero();
    assertThat(socket()).doesNotExist();
    assertThat(logged())
        .contains(
            "rpc=\"CreateVolume\" on=\"pvc-1\" code=\"OK\"",
            "\"Serving\"",
            "\"Ready\"",
            "\"Ended\"")
        .doesNotContain("rpc=\"Probe\"", "\tat ");
  }

  @Test
  void a_running_call_may_end_before_the_process_does() throws Exception {
    var process = ready("--slow=3");
    var creating = group.start("create", () -> driver.call(create("pvc-1"), LONG));
    await().until(() -> countIn(state().resolve("driver.ledger")) > 0);
    process.destroy();
    assertThat(creating.await()).isInstanceOf(Volume.class);
    assertThat(exitCode(process)).isZero();
  }

  private static long countIn(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .split("pvc-1", -1)
                .length
            - 1L
        : 0;
  }

  @Test
  void after_a_kill_the_next_start_takes_the_socket_over_and_knows_its_volumes() throws Exception {
    var process = ready();
    var volume = driver.call(create("pvc-1"), LONG);
    assertThat(exitCode(process.destroyForcibly())).isNotZero();
    assertThat(socket()).exists();
    var _ = ready();
    assertThat(driver.call(create("pvc-1"), LONG)).isEqualTo(volume);
  }

  @Test
  void a_second_driver_on_the_same_socket_is_refused_with_the_holders_name() throws Exception {
    var first = ready();
    var second = run();
    assertThat(exitCode(second)).isEqualTo(1);
    assertThat(logged()).contains("process " + first.pid(), "serves " + endpoint() + " already");
    assertThat(driver.call(new Probe(), LONG).ready()).isTrue();
  }

  @Test
  void a_driver_whose_state_cannot_be_opened_says_so_and_goes_on_when_it_can() throws Exception {
    Files.writeString(state(), "a file where the folder should be");
    var _ = run();
    await()
        .atMost(LONG)
        .untilAsserted(() ->
            assertThatExceptionOfType(CsiException.class)
                .isThrownBy(() -> driver.call(new Probe(), LONG))
                .satisfies(why -> assertThat(why.code()).isEqualTo(Code.FAILED_PRECONDITION))
                .withMessageContaining("state"));
    Files.delete(state());
    await().atMost(LONG).until(this::isReady);
    assertThat(logged()).contains("\"Recover failed\"");
  }

  @Test
  void wrong_arguments_end_with_2_and_help_with_0() throws Exception {
    assertThat(exitCode(run("--mode=both"))).isEqualTo(2);
    assertThat(exitCode(run("--help"))).isZero();
    assertThat(exitCode(run("--version"))).isZero();
    assertThat(logged())
        .contains(
            "folder.example.dev: --mode is one of all, controller, node, not both",
            "--slow SECONDS",
            "folder.example.dev 1.0");
  }

  @Test
  void health_and_metrics_are_served_where_they_are_asked_for() throws Exception {
    var _ = ready("--http-endpoint=127.0.0.1:0");
    var port = Pattern.compile("http=\"127.0.0.1:(\\d+)\"").matcher(logged());
    assertThat(port.find()).isTrue();
    var volume = driver.call(create("pvc-1"), LONG);
    assertThat(volume.id().text()).isNotEmpty();
    assertThat(fetched(port.group(1), "/healthz")).isEqualTo("200 ok\n");
    assertThat(fetched(port.group(1), "/metrics"))
        .startsWith("200 # HELP csi_plugin_operations_running")
        .contains("method_name=\"/csi.v1.Controller/CreateVolume\"} 1");
    assertThat(fetched(port.group(1), "/")).startsWith("404");
  }

  private static String fetched(String port, String path) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    }
  }

  @Test
  void the_mode_says_which_services_there_are() throws Exception {
    var _ = ready("--mode=controller");
    assertThatExceptionOfType(CsiException.class)
        .isThrownBy(() -> driver.call(new NodeGetInfo(), LONG))
        .satisfies(why -> assertThat(why.code()).isEqualTo(Code.UNIMPLEMENTED));
  }
}
