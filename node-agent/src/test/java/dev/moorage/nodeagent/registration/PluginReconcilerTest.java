package dev.moorage.nodeagent.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.controller.Outcome;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.PluginSockets;
import dev.moorage.host.sim.SimHost;
import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PluginReconcilerTest {
  private static final String SOCKET = "loop.sock";
  private static final ObjectKey KEY = new ObjectKey("plugins", SOCKET);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final SimTasks tasks = SimTasks.plain();
  private final SimHost host = new SimHost(tasks, "node-1", SimHost.Settings.usual());
  private final Told told = new Told();
  private boolean dialled;
  private Code answer = Code.UNAVAILABLE;
  private final PluginReconciler reconciler =
      new PluginReconciler(
          new Registrar.Outside(_ -> new Driver(), new Sockets(), host),
          new SocketFolder("/plugins", host),
          new Registrations(tasks, Duration.ofSeconds(1)),
          told,
          Duration.ofSeconds(1),
          Journal.none());

  @Test
  void a_socket_of_the_last_life_is_tried_for_a_while_before_it_is_told() {
    play(() -> {
      triesQuietly(Duration.ofMillis(4900));
      tasks.home().sleep(LOOK);
      assertThatThrownBy(this::reconcile).hasMessage("Connection refused");
    });
  }

  @Test
  void a_driver_that_is_still_starting_is_waited_for_before_it_is_told() {
    play(() -> {
      dialled = true;
      triesQuietly(Duration.ofMillis(4900));
      assertThat(told.lines).isEmpty();
      tasks.home().sleep(LOOK);
      assertThatThrownBy(this::reconcileTwice).hasMessageContaining("still starting");
      assertThat(told.lines).hasSize(2).allMatch(line -> line.contains("still starting"));
    });
  }

  @Test
  void a_driver_that_refuses_is_told_at_once() {
    play(() -> {
      dialled = true;
      answer = Code.INTERNAL;
      assertThatThrownBy(this::reconcileTwice).hasMessageContaining("still starting");
      assertThat(told.lines).hasSize(2);
    });
  }

  @Test
  void a_socket_that_comes_anew_is_waited_for_again() {
    play(() -> {
      triesQuietly(Duration.ofMillis(4900));
      host.removeSocket("/plugins/" + SOCKET);
      var _ = reconcile();
      host.makeSocket("/plugins/" + SOCKET);
      triesQuietly(Duration.ofMillis(4900));
    });
  }

  private void play(Runnable story) {
    host.files().makeFolder("/plugins", 0755);
    host.makeSocket("/plugins/" + SOCKET);
    tasks.run(story);
  }

  private void triesQuietly(Duration atLeast) {
    long end = tasks.nanos() + atLeast.toNanos();
    while (tasks.nanos() < end) {
      assertThat(reconcile()).isInstanceOf(Outcome.Again.class);
      tasks.home().sleep(LOOK);
    }
  }

  private Outcome reconcile() {
    return reconciler.reconcile(KEY);
  }

  /// The first dials, the second asks.
  private void reconcileTwice() {
    var _ = reconcile();
    var _ = reconcile();
  }

  private final class Sockets implements PluginSockets {
    @Override
    public AutoCloseable serve(String path, PluginInfo info, Heard heard) {
      throw new IllegalStateException("nobody serves here");
    }

    @Override
    public Registration dial(String path) {
      if (!dialled) throw new CsiException(Code.UNAVAILABLE, "Connection refused");
      return new Plugin();
    }
  }

  private final class Plugin implements PluginSockets.Registration {
    @Override
    public PluginSockets.PluginInfo info(Duration atMost) {
      return new PluginSockets.PluginInfo("CSIPlugin", "loop.test", "/csi.sock", List.of("1.0.0"));
    }

    @Override
    public void report(boolean registered, String error, Duration atMost) {
      told.lines.add("plugin: " + error);
    }

    @Override
    public void close() {}
  }

  private final class Driver implements Connection {
    @Override
    public <R> R call(CsiCall<R> call, Duration atMost) {
      throw new CsiException(answer, "still starting");
    }

    @Override
    public long epoch() {
      return 0;
    }

    @Override
    public void close() {}
  }

  private static final class Told implements Nodes {
    private final List<String> lines = new ArrayList<>();

    @Override
    public void warn(String driver, String why) {
      lines.add("event: " + why);
    }

    @Override
    public Optional<Node> node() {
      return Optional.empty();
    }

    @Override
    public Optional<CsiNode> csiNode() {
      return Optional.empty();
    }

    @Override
    public void create(Map<String, String> labels) {}

    @Override
    public void describe(Map<String, String> labels) {}

    @Override
    public NodeView.Said said() {
      throw new IllegalStateException("registration of a plugin does not ask this");
    }

    @Override
    public void reportReady() {}

    @Override
    public void reportResting() {}

    @Override
    public void recordOnNode(String driver, NodeGetInfo.Answer about) {}

    @Override
    public void recordOnCsiNode(CsiNode.Driver entry) {}

    @Override
    public void dropCsiNode() {}

    @Override
    public void forget(String driver) {}
  }
}
