package dev.moorage.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.host.Sandboxes.Bind;
import dev.moorage.host.Sandboxes.Spec;
import dev.moorage.linux.BubblewrapCommand.RootFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BubblewrapCommandTest {
  @Test
  void links_of_the_hosts_root_stay_links_and_folders_are_shown() {
    assertThat(text(spec(Map.of())))
        .contains("--symlink usr/bin /bin")
        .contains("--ro-bind /lib32 /lib32")
        .contains("--ro-bind /usr /usr")
        .doesNotContain("--die-with-parent");
  }

  @Test
  void what_is_shown_inside_another_comes_after_it() {
    assertThat(text(spec(Map.of())))
        .contains("--bind /vol/a /data --ro-bind /vol/b /data/inner --chdir /data -- sh -c true");
  }

  @Test
  void the_environment_is_the_pods_with_a_path_and_the_name() {
    var command = command(spec(Map.of("GREETING", "hello you")));
    assertThat(command.environment())
        .contains("GREETING=hello you", "MOORAGE_SANDBOX=pod-1")
        .anyMatch(variable -> variable.startsWith("PATH="))
        .hasSize(3);
    assertThat(command.arguments()).doesNotContain("GREETING", "--setenv");
  }

  @Test
  void what_would_change_bubblewrap_itself_is_set_for_the_command_alone() {
    var command = command(spec(Map.of("LD_PRELOAD", "/data/evil.so", "PATH", "/data")));
    assertThat(command.environment()).containsExactly("MOORAGE_SANDBOX=pod-1", "PATH=/data");
    assertThat(String.join(" ", command.arguments())).contains("--setenv LD_PRELOAD /data/evil.so");
  }

  private static String text(Spec spec) {
    return String.join(" ", command(spec).arguments());
  }

  private static BubblewrapCommand command(Spec spec) {
    var root = List.of(new RootFolder("/bin", "usr/bin"), new RootFolder("/lib32", ""));
    return BubblewrapCommand.of("/usr/bin/bwrap", root, spec);
  }

  private static Spec spec(Map<String, String> environment) {
    var binds =
        List.of(new Bind("/vol/b", "/data/inner", true), new Bind("/vol/a", "/data", false));
    return new Spec(
        "pod-1", List.of("sh", "-c", "true"), environment, "/data", binds, "/var/log/pod");
  }
}
