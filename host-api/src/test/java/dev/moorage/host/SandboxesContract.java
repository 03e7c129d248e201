package dev.moorage.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.HostException.Errno;
import dev.moorage.host.Sandboxes.Bind;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.host.Sandboxes.Spec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What every body of [Sandboxes] keeps.
public abstract class SandboxesContract extends HostContract {
  private static final List<String> OBEDIENT = List.of("sleep", "600");

  /// A command that runs for minutes and takes no notice of TERM.
  protected List<String> stubborn() {
    return List.of("sh", "-c", "trap '' TERM; sleep 600; sleep 600");
  }

  @Test
  void a_started_sandbox_runs_and_can_be_found() {
    play(() -> {
      var sandbox = start("a", OBEDIENT);
      assertThat(sandbox.name()).isEqualTo(sandboxName("a"));
      assertThat(sandbox.pid()).isPositive();
      assertThat(sandbox.init()).isPositive();
      assertThat(sandbox.bootId()).isEqualTo(host().bootId()).isNotEmpty();
      assertThat(host().sandboxes().running(sandboxName(""))).containsExactly(sandbox);
      assertThat(host().sandboxes().running(sandboxName("other"))).isEmpty();
      assertThat(host().sandboxes().ended(sandbox, SHORT)).isFalse();
      assertThat(host().sandboxes().exitCode(sandbox)).isEmpty();
      assertThat(host().files().look(path("a.log"))).isPresent();
      refuses(Errno.EEXIST, () -> start("a", OBEDIENT));
    });
  }

  @Test
  void term_asks_and_the_end_is_seen() {
    play(() -> {
      var sandbox = start("a", OBEDIENT);
      host().sandboxes().terminate(sandbox);
      assertThat(host().sandboxes().ended(sandbox, LONG)).isTrue();
      assertThat(host().sandboxes().exitCode(sandbox)).hasValue(128 + 15);
      assertThat(host().sandboxes().running(sandboxName(""))).isEmpty();
      host().sandboxes().terminate(sandbox);
      host().sandboxes().kill(sandbox);
      var again = start("a", OBEDIENT);
      assertThat(host().sandboxes().ended(sandbox, SHORT)).isTrue();
      assertThat(host().sandboxes().running(sandboxName(""))).containsExactly(again);
    });
  }

  @Test
  void kill_ends_who_does_not_listen() {
    play(() -> {
      var sandbox = start("a", stubborn());
      tasks().group("pause").sleep(SHORT); // a shell needs a moment to set its trap
      host().sandboxes().terminate(sandbox);
      assertThat(host().sandboxes().ended(sandbox, SHORT)).isFalse();
      host().sandboxes().kill(sandbox);
      assertThat(host().sandboxes().ended(sandbox, LONG)).isTrue();
      assertThat(host().sandboxes().exitCode(sandbox)).hasValue(128 + 9);
    });
  }

  @Test
  void program_and_binds_must_be_there() {
    play(() -> {
      refuses(Errno.ENOENT, () -> start("a", List.of("/usr/bin/no-such-program")));
      refuses(Errno.ENOENT, () -> start("b", OBEDIENT, new Bind(path("none"), "/data", false)));
      assertThat(host().sandboxes().running(sandboxName(""))).isEmpty();
    });
  }

  @Test
  void a_sandbox_keeps_its_own_volume_and_no_other() {
    play(() -> {
      String mine = newExt4("mine.img");
      String others = newExt4("others.img");
      String myMount = mounted(mine, "mine");
      String othersMount = mounted(others, "others");
      var sandbox = start("a", OBEDIENT, new Bind(myMount, "/data", false));
      host().mounts().unmount(myMount);
      host().mounts().unmount(othersMount);
      host().loops().detach(others);
      refuses(Errno.EBUSY, () -> host().loops().detach(mine));
      host().sandboxes().kill(sandbox);
      assertThat(host().sandboxes().ended(sandbox, LONG)).isTrue();
      host().loops().detach(mine);
    });
  }

  private Sandbox start(String name, List<String> command, Bind... binds) {
    return host()
        .sandboxes()
        .start(
            new Spec(
                sandboxName(name), command, Map.of(), "", List.of(binds), path(name + ".log")));
  }
}
