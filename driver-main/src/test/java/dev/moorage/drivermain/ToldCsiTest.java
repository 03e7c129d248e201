package dev.moorage.drivermain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.Samples;
import dev.moorage.csi.ScriptedDriver;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Every call is told and counted, and nothing of it that is secret.
class ToldCsiTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private final LiveTasks tasks = new LiveTasks();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CallMetrics metrics = new CallMetrics("small.example.dev");

  private Csi told(Csi driver, int verbosity) {
    var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ToldCsi(driver, tasks, new LogLines(err, tasks, verbosity), metrics);
  }

  private String log() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void every_call_is_one_line_with_rpc_subject_code_and_time_and_shows_no_secret() {
    for (var sample : Samples.filled()) {
      bytes.reset();
      var driver = told(new ScriptedDriver(call -> sample.answer()), LogLines.ALL);
      assertThat(driver.call(sample.call(), LONG)).isEqualTo(sample.answer());
      assertThat(log())
          .matches("I\\d{4} [0-9:.]{15} +\\d+ calls] \"Call\" rpc=\".*\" code=\"OK\" ms=\"\\d+\"\n")
          .contains("rpc=\"" + sample.call().rpc() + "\"", sample.call().subject())
          .doesNotContain("geheim", "anna", "noatime", "discard");
    }
  }

  @Test
  void a_refusal_is_told_with_its_code_and_text_on_one_line_however_little_is_logged() {
    var refusal = new CsiException(Code.RESOURCE_EXHAUSTED, "no \"room\"\nfor 2Gi");
    var call = Samples.filled().get(3).call();
    var driver = told(ScriptedDriver.failing(refusal), 0);
    assertThatExceptionOfType(CsiException.class)
        .isThrownBy(() -> driver.call(call, LONG))
        .isEqualTo(refusal);
    assertThat(log())
        .startsWith("W")
        .contains("code=\"ResourceExhausted\"", "err=\"no \\\"room\\\"\\nfor 2Gi\"")
        .hasLineCount(1);
  }

  @Test
  void mere_questions_are_told_to_who_wants_to_know_all() {
    for (var sample : Samples.filled())
      if (sample.call().subject().isEmpty()) {
        var driver = told(new ScriptedDriver(call -> sample.answer()), LogLines.CALLS);
        assertThat(driver.call(sample.call(), LONG)).isEqualTo(sample.answer());
      }
    assertThat(log()).isEmpty();
  }

  @Test
  void calls_are_counted_by_method_and_code() {
    var delete = Samples.filled().get(4);
    for (int i = 0; i < 3; i++) {
      var _ = told(new ScriptedDriver(call -> delete.answer()), 0).call(delete.call(), LONG);
    }
    assertThatExceptionOfType(CsiException.class)
        .isThrownBy(() ->
            told(ScriptedDriver.failing(new IllegalStateException("broken")), 0)
                .call(delete.call(), LONG));
    var labels = "driver_name=\"small.example.dev\",grpc_status_code=\"%s\",method_name=\"%s\"";
    var method = "/csi.v1.Controller/DeleteVolume";
    assertThat(metrics.text().lines())
        .contains(
            "csi_plugin_operations_seconds_count{" + labels.formatted("OK", method) + "} 3",
            "csi_plugin_operations_seconds_count{" + labels.formatted("Internal", method) + "} 1",
            "csi_plugin_operations_running{driver_name=\"small.example.dev\"} 0");
  }

  @Test
  void codes_are_spelt_as_go_programs_do() {
    assertThat(ToldCsi.words(Code.CANCELLED)).isEqualTo("Canceled");
    assertThat(ToldCsi.words(Code.NOT_FOUND)).isEqualTo("NotFound");
    assertThat(ToldCsi.words(Code.OUT_OF_RANGE)).isEqualTo("OutOfRange");
    assertThat(ToldCsi.words(Code.UNAVAILABLE)).isEqualTo("Unavailable");
  }

  @Test
  void every_rpc_has_its_service() {
    assertThat(Samples.filled().stream().map(sample -> CallMetrics.service(sample.call().rpc())))
        .containsOnly("Identity", "Controller", "GroupController", "SnapshotMetadata", "Node");
    assertThat(
            Samples.filled().stream()
                .map(sample -> sample.call().rpc())
                .filter(rpc -> CallMetrics.service(rpc).equals("GroupController")))
        .containsExactlyInAnyOrder(
            "GroupControllerGetCapabilities",
            "CreateVolumeGroupSnapshot",
            "DeleteVolumeGroupSnapshot",
            "GetVolumeGroupSnapshot");
    assertThat(CallMetrics.service("NodeGetVolumeHealth")).isEqualTo("Node");
    assertThat(CallMetrics.service("GetSnapshot")).isEqualTo("Controller");
  }
}
