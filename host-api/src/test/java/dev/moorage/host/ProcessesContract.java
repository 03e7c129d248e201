package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What every body of [Processes] keeps, and of [Host#machine].
public abstract class ProcessesContract extends HostContract {

  @Test
  void a_locked_file_names_its_holder_until_the_lock_is_let_go() {
    play(() -> {
      var lock = host().files().lock(path("a")).orElseThrow();
      assertThat(host().processes().holderOf(path("a")).orElseThrow().pid()).isPositive();
      assertThat(host().processes().holderOf(path("a")).orElseThrow().name()).isNotEmpty();
      lock.close();
      assertThat(host().processes().holderOf(path("a"))).isEmpty();
    });
  }

  @Test
  void what_nobody_holds_has_no_holder() {
    play(() -> {
      host().files().write(path("a"), "free");
      assertThat(host().processes().holderOf(path("a"))).isEmpty();
      assertThat(host().processes().holderOf(path("none"))).isEmpty();
      assertThat(host().processes().listenerOn(path("none"))).isEmpty();
      assertThat(host().processes().listenerOn(1)).isEmpty();
    });
  }

  @Test
  void a_machine_says_what_a_node_tells_of_it() {
    play(() -> {
      var machine = host().machine();
      assertThat(machine.operatingSystem()).isEqualTo("linux");
      assertThat(machine.architecture()).isNotEmpty();
      assertThat(machine.kernelVersion()).isNotEmpty();
      assertThat(machine.osImage()).isNotEmpty();
      assertThat(machine.ids().boot()).isEqualTo(host().bootId());
      assertThat(machine.sandboxes()).matches("[a-z]+://[0-9.]+");
      assertThat(machine.room().cpus()).isPositive();
      assertThat(machine.room().memory().isZero()).isFalse();
    });
  }
}
