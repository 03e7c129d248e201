package dev.moorage.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import dev.moorage.base.Tasks;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.PluginSockets.PluginInfo;
import dev.moorage.csi.Samples.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What every way between a driver and its callers keeps.
public abstract class CsiContract {
  protected static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final VolumeId VOLUME = new VolumeId("vol-1");

  /// Plays a story over the tasks of the body under test, in a task of its own where it wants that.
  protected abstract void play(Consumer<Tasks> story);

  /// What one process serves and calls with.
  protected abstract Sockets sockets(Group process);

  /// The path of a socket of this test.
  protected abstract String path(String name);

  /// The three doors of one process.
  ///
  /// @param process the crash domain
  public record Sockets(
      Group process, CsiServers servers, CsiConnections connections, PluginSockets plugins) {

    /// Serves a driver until closed.
    public Served serve(String path, Csi driver) {
      return new Served(servers.serve("unix://" + path, driver));
    }

    /// Serves a registration until closed.
    public Served serve(String path, PluginInfo info, PluginSockets.Heard heard) {
      return new Served(plugins.serve(path, info, heard));
    }

    /// Opens a connection.
    public Connection open(String path) {
      return connections.open("unix://" + path);
    }
  }

  /// Something served.
  public record Served(AutoCloseable socket) implements AutoCloseable {
    @Override
    public void close() {
      try {
        socket.close();
      } catch (Exception e) {
        throw new AssertionError("closing a socket failed", e);
      }
    }
  }

  /// Plays a story between a driver's process and its caller's.
  protected final void between(BiConsumer<Sockets, Sockets> story) {
    play(tasks -> {
      try (var driver = tasks.group("driver");
          var caller = tasks.group("caller")) {
        story.accept(sockets(driver), sockets(caller));
      }
    });
  }

  /// Plays a story with a connection to a served driver.
  protected final void served(Csi driver, Consumer<Connection> story) {
    between((driving, calling) -> {
      try (var _ = driving.serve(path("csi"), driver);
          var connection = calling.open(path("csi"))) {
        story.accept(connection);
      }
    });
  }

  // What travels

  @Test
  void filled_calls_and_answers_arrive_as_they_were() {
    checkAllArrive(Samples.filled());
  }

  @Test
  void empty_calls_and_answers_arrive_as_they_were() {
    checkAllArrive(Samples.empty());
  }

  @Test
  void every_form_of_a_field_arrives_as_it_was() {
    checkAllArrive(Samples.variants());
  }

  private void checkAllArrive(List<Sample<?>> samples) {
    var answer = new AtomicReference<Object>(Done.DONE);
    var driver = new ScriptedDriver(call -> answer.get());
    served(
        driver,
        connection -> {
          for (var sample : samples) {
            answer.set(sample.answer());
            assertThat(connection.call(sample.call(), LONG))
                .as("answer to %s", sample.call())
                .isEqualTo(sample.answer());
          }
        });
    assertThat(driver.calls())
        .containsExactlyElementsOf(
            samples.stream().<CsiCall<?>>map(sample -> sample.call()).toList());
  }

  @Test
  void every_code_arrives_with_its_message() {
    var refusal = new AtomicReference<>(new CsiException(Code.UNKNOWN, ""));
    var driver =
        new ScriptedDriver(call -> {
          throw refusal.get();
        });
    served(
        driver,
        connection -> {
          for (Code code : Code.values()) {
            refusal.set(new CsiException(code, "tried \"vol-1\", größer:\n100 % full " + code));
            assertThatThrownBy(() -> connection.call(new DeleteVolume(VOLUME, Secrets.NONE), LONG))
                .isInstanceOfSatisfying(
                    CsiException.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessageContaining("tried \"vol-1\", größer:\n100 % full " + code);
          }
        });
  }

  @Test
  void a_bug_in_a_driver_is_an_internal_error() {
    served(
        ScriptedDriver.failing(new IllegalStateException("broken rule: no size")),
        connection -> refused(connection, Code.INTERNAL, "broken rule: no size"));
  }

  @Test
  void a_driver_that_is_stopped_at_its_work_is_unavailable_and_the_work_may_go_on() {
    served(
        ScriptedDriver.failing(new Stopped("a lane")),
        connection -> refused(connection, Code.UNAVAILABLE, "Probe"));
  }

  @Test
  void a_large_answer_arrives() {
    var answer = new GetPluginInfo.Answer("loop.test", "1", Map.of("big", "x".repeat(5 << 20)));
    served(
        new ScriptedDriver(call -> answer),
        connection -> assertThat(connection.call(new GetPluginInfo(), LONG)).isEqualTo(answer));
  }

  // Time

  @Test
  void a_deadline_ends_the_waiting_but_not_the_work() {
    between((driving, calling) -> {
      var goOn = driving.process().newGate();
      var done = driving.process().newGate();
      var driver =
          new ScriptedDriver(call -> {
            goOn.await(LONG);
            done.open();
            return Done.DONE;
          });
      try (var _ = driving.serve(path("csi"), driver);
          var connection = calling.open(path("csi"))) {
        assertThatThrownBy(() -> connection.call(new DeleteVolume(VOLUME, Secrets.NONE), SHORT))
            .isInstanceOfSatisfying(
                CsiException.class,
                late -> assertThat(late.code()).isEqualTo(Code.DEADLINE_EXCEEDED))
            .hasMessageContaining("DeleteVolume");
        assertThat(done.await(Duration.ZERO)).isFalse();
        goOn.open();
        assertThat(done.await(LONG)).isTrue();
        assertThat(driver.calls()).hasSize(1);
      }
    });
  }

  @Test
  void a_caller_that_is_asked_to_leave_leaves_and_the_work_goes_on() {
    between((driving, calling) -> {
      var begun = driving.process().newGate();
      var goOn = driving.process().newGate();
      var done = driving.process().newGate();
      var driver =
          new ScriptedDriver(call -> {
            begun.open();
            goOn.await(LONG);
            done.open();
            return new Probe.Answer(true);
          });
      try (var _ = driving.serve(path("csi"), driver);
          var connection = calling.open(path("csi"))) {
        var waiting = calling.process().start("probe", () -> connection.call(new Probe(), LONG));
        assertThat(begun.await(LONG)).isTrue();
        waiting.interrupt();
        assertThatExceptionOfType(Stopped.class).isThrownBy(waiting::await);
        goOn.open();
        assertThat(done.await(LONG)).isTrue();
      }
    });
  }

  @Test
  void unrelated_calls_run_at_the_same_time() {
    between((driving, calling) -> {
      var met = driving.process().newGate();
      var driver = new ScriptedDriver(call -> answerWhenMet(call, met));
      try (var _ = driving.serve(path("csi"), driver);
          var connection = calling.open(path("csi"))) {
        var first = calling.process().start("first", () -> connection.call(new Probe(), LONG));
        assertThat(connection.call(new NodeGetInfo(), LONG).maxVolumes()).isZero();
        assertThat(first.await()).isEqualTo(new Probe.Answer(true));
      }
    });
  }

  /// A probe ends only after another call has come.
  private static Object answerWhenMet(CsiCall<?> call, Gate met) {
    if (call instanceof Probe) return new Probe.Answer(met.await(LONG));
    met.open();
    return new NodeGetInfo.Answer(new NodeId("node-1"), 0, Topology.NONE);
  }

  // Coming and going

  @Test
  void nobody_there_is_unavailable() {
    between((_, calling) -> {
      try (var connection = calling.open(path("csi"))) {
        refused(connection, Code.UNAVAILABLE, "");
        refused(connection, Code.UNAVAILABLE, "");
        assertThat(connection.epoch()).isZero();
      }
    });
  }

  @Test
  void a_driver_that_comes_later_is_called_at_once() {
    between((driving, calling) -> {
      try (var connection = calling.open(path("csi"))) {
        for (int i = 0; i < 5; i++) refused(connection, Code.UNAVAILABLE, "");
        try (var _ = driving.serve(path("csi"), ready())) {
          answers(connection);
          assertThat(connection.epoch()).isEqualTo(1);
        }
      }
    });
  }

  @Test
  void a_driver_that_went_and_came_back_is_called_at_once_in_a_new_epoch() {
    between((driving, calling) -> {
      try (var connection = calling.open(path("csi"))) {
        long epoch = 0;
        for (int i = 0; i < 3; i++) {
          try (var _ = driving.serve(path("csi"), ready())) {
            answers(connection);
            assertThat(connection.epoch()).isGreaterThan(epoch);
            epoch = connection.epoch();
            answers(connection);
            assertThat(connection.epoch()).isEqualTo(epoch);
          }
          refused(connection, Code.UNAVAILABLE, "");
        }
      }
    });
  }

  @Test
  void a_driver_whose_process_ended_is_unavailable_and_its_path_can_be_served_again() {
    play(tasks -> {
      try (var caller = tasks.group("caller");
          var connection = sockets(caller).open(path("csi"))) {
        try (var first = tasks.group("first")) {
          var _ = sockets(first).serve(path("csi"), ready()); // closes nothing when it ends
          answers(connection);
        }
        refused(connection, Code.UNAVAILABLE, "");
        try (var second = tasks.group("second");
            var _ = sockets(second).serve(path("csi"), ready())) {
          answers(connection);
        }
      }
    });
  }

  @Test
  void a_path_that_answers_is_not_taken_over() {
    between((driving, calling) -> {
      try (var _ = driving.serve(path("csi"), ready());
          var connection = calling.open(path("csi"))) {
        assertThatThrownBy(() -> calling.serve(path("csi"), ready()))
            .isInstanceOfSatisfying(
                CsiException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(Code.UNAVAILABLE))
            .hasMessageContaining(path("csi"));
        answers(connection);
      }
    });
  }

  @Test
  void an_endpoint_of_another_form_is_refused() {
    between((_, calling) -> {
      for (String endpoint : List.of("", "tcp://127.0.0.1:1", "unix://csi.sock", "/run/csi.sock"))
        assertThatIllegalArgumentException()
            .isThrownBy(() -> calling.connections().open(endpoint))
            .withMessageContaining("unix:///path.sock");
    });
  }

  @Test
  void a_path_that_the_kernel_does_not_take_is_refused_with_the_limit() {
    var longest = "/" + "s".repeat(105); // the kernel takes 107 bytes, the JDK's sockets 106
    between((driving, calling) -> {
      calling.open(longest).close();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> calling.open(longest + "ss"))
          .withMessageContaining("bytes");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> driving.serve(longest + "ss", ready()))
          .withMessageContaining("bytes");
    });
  }

  // Registration

  @Test
  void a_plugin_tells_who_it_is_and_hears_how_it_went() {
    var loop = new PluginInfo("CSIPlugin", "loop.test", path("csi"), List.of("1.0.0", "1.13.0"));
    var heard = new ArrayList<String>();
    between((driving, calling) -> {
      try (var _ =
              driving.serve(path("reg"), loop, (well, error) -> heard.add(well + " " + error));
          var registration = calling.plugins().dial(path("reg"))) {
        assertThat(registration.info(LONG)).isEqualTo(loop);
        registration.report(true, "", LONG);
        registration.report(false, "no such version", LONG);
      }
      assertThat(heard).containsExactly("true ", "false no such version");
    });
  }

  @Test
  void a_plugin_that_is_not_there_is_unavailable() {
    between((_, calling) -> {
      try (var registration = calling.plugins().dial(path("reg"))) {
        assertThatThrownBy(() -> registration.info(LONG))
            .isInstanceOfSatisfying(
                CsiException.class,
                failure -> assertThat(failure.code()).isEqualTo(Code.UNAVAILABLE));
      }
    });
  }

  /// A driver that is ready, and nothing else.
  protected static Csi ready() {
    return new ScriptedDriver(call -> new Probe.Answer(true));
  }

  /// The driver answers.
  protected static void answers(Csi driver) {
    assertThat(driver.call(new Probe(), LONG)).isEqualTo(new Probe.Answer(true));
  }

  /// A probe fails in this way.
  protected static void refused(Csi driver, Code code, String message) {
    assertThatThrownBy(() -> driver.call(new Probe(), LONG))
        .isInstanceOfSatisfying(
            CsiException.class,
            failure -> assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
