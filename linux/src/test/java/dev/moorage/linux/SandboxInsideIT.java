package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Tasks;
import dev.moorage.host.Host;
import dev.moorage.host.HostContract;
import dev.moorage.host.Sandboxes.Bind;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.host.Sandboxes.Spec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a pod's process sees and may do, on a real kernel.
class SandboxInsideIT extends HostContract {
  private final RealHost real = new RealHost();

  @Override
  protected Host host() {
    return real.host();
  }

  @Override
  protected Tasks tasks() {
    return real.tasks();
  }

  @Override
  protected String folder() {
    return real.folder();
  }

  @Override
  @AfterEach
  protected void leaveNothing() {
    super.leaveNothing();
    real.close();
  }

  @Test
  void the_quickest_command_has_its_exit_code() {
    for (int code = 0; code < 10; code++) {
      var sandbox = start("quick" + code, "exit " + code);
      assertThat(host().sandboxes().ended(sandbox, LONG)).isTrue();
      assertThat(host().sandboxes().exitCode(sandbox)).hasValue(code);
      assertThat(host().sandboxes().exitCode(sandbox)).hasValue(code);
      assertThat(sandbox.initStart()).isPositive();
    }
  }

  @Test
  void the_volume_is_there_with_its_own_size_and_no_other_mount_of_the_host() {
    String mount = mounted(newExt4("a.img"), "a");
    mounted(newExt4("b.img"), "b");
    var said =
        said(
            "echo hello > /data/file; df -k /data | tail -1; stat -c %s /data/file;"
                + " cat /proc/self/mountinfo",
            new Bind(mount, "/data", false));
    assertThat(host().files().read(mount + "/file")).contains("hello\n");
    assertThat(said).contains("/data\n6\n").doesNotContain(path("b"));
    assertThat(said.lines().filter(line -> line.contains("/dev/loop"))).hasSize(2);
  }

  @Test
  void a_read_only_bind_cannot_be_written() {
    String mount = mounted(newExt4("a.img"), "a");
    assertThat(said("echo hello > /data/file", new Bind(mount, "/data", true)))
        .containsIgnoringCase("read-only file system");
  }

  @Test
  void it_has_its_own_processes_and_little_power() {
    var said =
        said("ls -d /proc/[0-9]* | wc -l; mount -t tmpfs x /tmp; mknod /tmp/n b 7 0; id -un");
    assertThat(said.lines().findFirst().orElseThrow().strip()).isLessThan("9").hasSize(1);
    assertThat(said).contains("denied", "root").containsIgnoringCase("not permitted");
    assertThat(host().mounts().table()).noneMatch(mount -> mount.source().equals("x"));
  }

  @Test
  void the_environment_is_the_pods() {
    var sandbox =
        host()
            .sandboxes()
            .start(
                new Spec(
                    sandboxName("env"),
                    List.of("sh", "-c", "echo $GREETING; pwd; env | cut -d= -f1 | sort | xargs"),
                    Map.of("GREETING", "hello you", "TZDIR", "/data"),
                    "/tmp",
                    List.of(),
                    path("log")));
    host().sandboxes().ended(sandbox, LONG);
    assertThat(host().files().read(path("log")).orElseThrow())
        .isEqualTo("hello you\n/tmp\nGREETING MOORAGE_SANDBOX PATH PWD TZDIR\n");
  }

  @Test
  void what_the_command_leaves_behind_ends_with_it() {
    String mount = mounted(newExt4("a.img"), "a");
    var sandbox = start("left", "cd /data; sleep 600 & sleep 0.3", new Bind(mount, "/data", false));
    assertThat(host().sandboxes().ended(sandbox, LONG)).isTrue();
    assertThat(host().sandboxes().exitCode(sandbox)).hasValue(0);
    host().mounts().unmount(mount);
    loopsHere().forEach(loop -> host().loops().detach(loop.device()));
    assertThat(loopsHere()).isEmpty();
  }

  @Test
  void the_first_of_two_goes_with_its_device_while_the_second_runs() {
    String first = mounted(newExt4("a.img"), "a");
    String second = mounted(newExt4("b.img"), "b");
    var one = start("one", "exec sleep 600", new Bind(first, "/data", false));
    var two = start("two", "exec sleep 600", new Bind(second, "/data", false));
    host().sandboxes().terminate(one);
    assertThat(host().sandboxes().ended(one, LONG)).isTrue();
    host().mounts().unmount(first);
    host().loops().detach(host().loops().first(path("a.img")).orElseThrow().device());
    assertThat(loopsHere()).hasSize(1);
    assertThat(host().sandboxes().running(sandboxName(""))).containsExactly(two);
  }

  @Test
  void no_signal_goes_to_a_process_that_has_only_taken_the_number() {
    var sandbox = start("a", "exec sleep 600");
    var before =
        new Sandbox(
            sandbox.name(),
            sandbox.pid(),
            sandbox.init(),
            sandbox.initStart() - 1,
            sandbox.bootId());
    var otherBoot =
        new Sandbox(
            sandbox.name(), sandbox.pid(), sandbox.init(), sandbox.initStart(), "another boot");
    for (var stale : List.of(before, otherBoot)) {
      host().sandboxes().terminate(stale);
      host().sandboxes().kill(stale);
      assertThat(host().sandboxes().ended(stale, LONG)).isTrue();
    }
    assertThat(host().sandboxes().ended(sandbox, SHORT)).isFalse();
  }

  private String said(String script, Bind... binds) {
    var sandbox = start("said", script, binds);
    assertThat(host().sandboxes().ended(sandbox, LONG)).isTrue();
    return host().files().read(path("said.log")).orElseThrow();
  }

  private Sandbox start(String name, String script, Bind... binds) {
    return host()
        .sandboxes()
        .start(
            new Spec(
                sandboxName(name),
                List.of("sh", "-c", script),
                Map.of(),
                "",
                List.of(binds),
                path(name + ".log")));
  }
}
