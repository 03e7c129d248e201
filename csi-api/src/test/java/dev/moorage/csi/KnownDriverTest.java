package dev.moorage.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.base.sim.SimTasks;
import dev.moorage.csi.ControllerGetCapabilities.Capability;
import dev.moorage.csi.CsiException.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownDriverTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimTasks tasks = SimTasks.plain();
  private final FakeDriver driver = new FakeDriver();

  @Test
  void a_driver_that_is_late_is_waited_for_and_told_once_per_reason() {
    driver.ready = false;
    driver.down = true;
    var heard = new ArrayList<Code>();
    tasks.run(() -> {
      var group = tasks.group("sidecar");
      var waiting =
          group.start(
              "wait",
              () -> KnownDriver.await(group, driver, SECOND, notYet -> heard.add(notYet.code())));
      tasks.home().sleep(SECOND);
      driver.down = false;
      driver.epoch = 1;
      tasks.home().sleep(SECOND);
      driver.ready = true;
      assertThat(waiting.await().facts().name()).isEqualTo("d");
    });
    assertThat(heard).containsExactly(Code.UNAVAILABLE);
  }

  @Test
  void capabilities_are_read_once_per_connection() {
    tasks.run(() -> {
      var known = KnownDriver.await(tasks.home(), driver, SECOND, notYet -> {});
      assertThat(known.facts().has(Capability.EXPAND_VOLUME)).isFalse();
      int calls = driver.calls;
      assertThat(known.facts().has(Capability.EXPAND_VOLUME)).isFalse();
      assertThat(driver.calls).isEqualTo(calls);

      driver.epoch++;
      driver.capabilities = Set.of(Capability.EXPAND_VOLUME);
      assertThat(known.facts().has(Capability.EXPAND_VOLUME)).isTrue();
    });
  }

  @Test
  void another_driver_at_the_same_socket_is_refused() {
    tasks.run(() -> {
      var known = KnownDriver.await(tasks.home(), driver, SECOND, notYet -> {});
      driver.epoch++;
      driver.name = "other";
      assertThatThrownBy(known::facts)
          .isInstanceOfSatisfying(
              CsiException.class,
              refused -> assertThat(refused.code()).isEqualTo(Code.FAILED_PRECONDITION))
          .hasMessageContaining("other");
    });
  }

  @Test
  void access_modes_map_as_the_official_sidecars_map_them() {
    maps(AccessMode.SINGLE_NODE_WRITER, AccessMode.SINGLE_NODE_MULTI_WRITER, "ReadWriteOnce");
    maps(AccessMode.SINGLE_NODE_WRITER, AccessMode.SINGLE_NODE_SINGLE_WRITER, "ReadWriteOncePod");
    maps(AccessMode.MULTI_NODE_READER_ONLY, AccessMode.MULTI_NODE_READER_ONLY, "ReadOnlyMany");
    maps(AccessMode.MULTI_NODE_MULTI_WRITER, AccessMode.MULTI_NODE_MULTI_WRITER, "ReadWriteMany");
    maps(
        AccessMode.MULTI_NODE_MULTI_WRITER,
        AccessMode.MULTI_NODE_MULTI_WRITER,
        "ReadOnlyMany",
        "ReadWriteOnce",
        "ReadWriteMany");
    for (var wrong :
        List.of(
            List.<String>of(),
            List.of("ReadOnlyMany", "ReadWriteOnce"),
            List.of("ReadOnlyMany", "ReadWriteOncePod"),
            List.of("Sometimes")))
      for (boolean multiWriter : new boolean[] {false, true})
        assertThat(AccessMode.of(wrong, multiWriter)).isEmpty();
  }

  private static void maps(AccessMode plain, AccessMode multiWriter, String... modes) {
    assertThat(AccessMode.of(List.of(modes), false)).contains(plain);
    assertThat(AccessMode.of(List.of(modes), true)).contains(multiWriter);
  }

  private static final class FakeDriver implements CsiConnections.Connection {
    String name = "d";
    boolean ready = true;
    boolean down;
    long epoch;
    int calls;
    Set<Capability> capabilities = Set.of();

    @Override
    public <R> R call(CsiCall<R> call, Duration atMost) {
      calls++;
      if (down) throw new CsiException(Code.UNAVAILABLE, "nobody is there");
      if (epoch == 0) epoch = 1;
      return call.answer().cast(answer(call));
    }

    private Object answer(CsiCall<?> call) {
      return switch (call) {
        case GetPluginInfo _ -> new GetPluginInfo.Answer(name, "1", Map.of());
        case GetPluginCapabilities _ ->
            new GetPluginCapabilities.Answer(
                Set.of(GetPluginCapabilities.Capability.CONTROLLER_SERVICE));
        case ControllerGetCapabilities _ -> new ControllerGetCapabilities.Answer(capabilities);
        case Probe _ -> new Probe.Answer(ready);
        default -> throw new CsiException(Code.UNIMPLEMENTED, call.rpc());
      };
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public void close() {}
  }
}
