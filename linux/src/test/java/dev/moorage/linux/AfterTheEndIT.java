package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.base.Tasks;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.host.Host;
import dev.moorage.host.HostContract;
import dev.moorage.host.HostException.Errno;
import dev.moorage.host.LoopDevices.Options;
import dev.moorage.host.Sandboxes.Bind;
import dev.moorage.host.Sandboxes.Sandbox;
import dev.moorage.host.Sandboxes.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What stays when the process that made it is gone: sandboxes, mounts, attached and locked images.
class AfterTheEndIT extends HostContract {
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
  void a_sandbox_outlives_a_killed_starter_and_is_found_again() {
    check("KILL");
  }

  @Test
  void a_sandbox_outlives_an_interrupt_from_the_terminal() {
    check("INT");
  }

  private void check(String signal) {
    try (var child = new ChildJvm(List.of(), Starter.class, folder(), sandboxName("a"))) {
      long leader = Long.parseLong(child.line());
      var told = child.line();
      child.signal(signal, leader);
      child.end();
      checkSandbox(told);
      checkVolume();
    }
  }

  private void checkSandbox(String told) {
    var found = host().sandboxes().running(sandboxName(""));
    assertThat(found).map(Sandbox::toString).containsExactly(told);
    assertThat(host().sandboxes().ended(found.getFirst(), SHORT)).isFalse();
    host().sandboxes().terminate(found.getFirst());
    assertThat(host().sandboxes().ended(found.getFirst(), LONG)).isTrue();
    assertThat(host().sandboxes().exitCode(found.getFirst())).isEmpty();
    assertThat(host().files().read(path("log"))).contains("begun\n");
  }

  private void checkVolume() {
    refuses(Errno.EAGAIN, () -> host().loops().attach(path("a.img"), Options.FENCED));
    var loop = host().loops().first(path("a.img")).orElseThrow();
    assertThat(host().mounts().at(path("a")).orElseThrow().source()).isEqualTo(loop.device());
    host().mounts().unmount(path("a"));
    host().loops().detach(loop.device());
    host().loops().detach(host().loops().attach(path("a.img"), Options.FENCED).device());
  }

  /// The other process: a volume, a sandbox with it, and no end.
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) {
      var folder = arguments[0];
      var group = new LiveTasks().group("starter");
      var host = new LinuxHost(group, Settings.DEFAULTS);
      host.files().allocate(folder + "/a.img", Bytes.mebi(64));
      var device = host.loops().attach(folder + "/a.img", Options.FENCED).device();
      host.filesystems().format(device, "ext4", List.of());
      host.files().makeFolder(folder + "/a", 0755);
      host.mounts().mount(device, folder + "/a", "ext4", List.of());
      var command = List.of("sh", "-c", "echo begun; exec sleep 600");
      var bind = new Bind(folder + "/a", "/data", false);
      var spec = new Spec(arguments[1], command, Map.of(), "/data", List.of(bind), folder + "/log");
      System.out.println(ProcessHandle.current().pid());
      System.out.println(host.sandboxes().start(spec));
      group.sleep(Duration.ofMinutes(10));
    }
  }
}
