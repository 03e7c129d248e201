package dev.moorage.sidecars.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.PluginSockets;
import dev.moorage.sidecars.ScriptedDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrarTest {
  private static final String SOCKET = "/kubelet/plugins_registry/d.example.org-reg.sock";

  private final SimTasks tasks = SimTasks.plain();
  private final FakeSockets sockets = new FakeSockets();
  private final List<Journal.Entry> journal = new ArrayList<>();

  @Test
  void a_driver_is_shown_once_it_says_its_name_and_until_the_end() {
    var driver = new ScriptedDriver().answers(Code.UNAVAILABLE, Code.UNAVAILABLE, named());
    tasks.run(() -> {
      var group = start(driver);
      tasks.home().sleep(Duration.ofSeconds(1));
      assertThat(sockets.open).containsExactly(SOCKET);
      assertThat(sockets.info)
          .isEqualTo(
              new PluginSockets.PluginInfo(
                  "CSIPlugin", "d.example.org", "/plugins/csi.sock", List.of("1.0.0")));
      sockets.heard.registered(true, "");
      group.close();
      assertThat(sockets.open).isEmpty();
      assertThat(sockets.served).isEqualTo(1);
    });
    assertThat(journal.stream().filter(entry -> entry.action().equals("reach driver"))).hasSize(1);
  }

  @Test
  void a_failed_registration_is_shown_again_later_each_time() {
    tasks.run(() -> {
      var group = start(new ScriptedDriver().answers(named()));
      tasks.home().sleep(Duration.ofMillis(10));
      sockets.heard.registered(false, "no such endpoint");
      tasks.home().sleep(Duration.ofMillis(990));
      assertThat(sockets.open).isEmpty();
      tasks.home().sleep(Duration.ofMillis(20));
      assertThat(sockets.open).containsExactly(SOCKET);
      sockets.heard.registered(false, "no such endpoint");
      tasks.home().sleep(Duration.ofMillis(1_990));
      assertThat(sockets.open).isEmpty();
      tasks.home().sleep(Duration.ofMillis(20));
      assertThat(sockets.open).containsExactly(SOCKET);
      group.close();
    });
    assertThat(journal).anyMatch(entry -> entry.why().equals("no such endpoint"));
  }

  private Group start(ScriptedDriver driver) {
    var group = tasks.group("node");
    var settings = Registrar.Settings.of("/kubelet/plugins_registry", "/plugins/csi.sock");
    Registrar.start(group, driver, sockets, settings, journal::add);
    return group;
  }

  private static GetPluginInfo.Answer named() {
    return new GetPluginInfo.Answer("d.example.org", "1", Map.of());
  }

  private static final class FakeSockets implements PluginSockets {
    final List<String> open = new ArrayList<>();
    int served;
    PluginInfo info = new PluginInfo("", "", "", List.of());
    Heard heard = (_, _) -> {};

    @Override
    public AutoCloseable serve(String path, PluginInfo shown, Heard listener) {
      open.add(path);
      served++;
      info = shown;
      heard = listener;
      return () -> open.remove(path);
    }

    @Override
    public Registration dial(String path) {
      throw new UnsupportedOperationException();
    }
  }
}
