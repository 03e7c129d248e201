package dev.moorage.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.cli.live.CommandFailed;
import dev.moorage.kubeclient.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WhichServerTest {
  private static final Path NAMED = Path.of("/named");
  private static final Path HOUSE = Path.of("/state/kubeconfig");
  private static final Path HOME = Path.of("/home/.kube/config");

  private static void check(WhichServer which, List<Path> readable, Path... files) {
    assertThat(which.access(readable::contains, "there"))
        .isEqualTo(new Access.Kubeconfig(List.of(files), "there"));
  }

  private static WhichServer which(Optional<Path> named, boolean stateGiven, String environment) {
    return new WhichServer(named, stateGiven, HOUSE, environment, HOME, Optional.empty());
  }

  @Test
  void an_option_counts_more_than_the_environment_and_that_more_than_usual_places() {
    var all = List.of(NAMED, HOUSE, HOME);
    check(which(Optional.of(NAMED), true, "/e"), all, NAMED);
    check(which(Optional.empty(), true, "/e"), all, HOUSE);
    check(which(Optional.empty(), false, "/e:/f:"), all, Path.of("/e"), Path.of("/f"));
    check(which(Optional.empty(), false, ""), all, HOUSE);
    check(which(Optional.empty(), false, ""), List.of(HOME), HOME);
  }

  @Test
  void in_a_pod_its_service_account_comes_last() {
    var pod = new Access.InCluster("10.0.0.1", 443, Access.InCluster.ACCOUNT);
    var which = new WhichServer(Optional.empty(), false, HOUSE, "", HOME, Optional.of(pod));
    check(which, List.of(HOME), HOME);
    assertThat(which.access(_ -> false, "")).isEqualTo(pod);
  }

  @Test
  void without_any_it_says_where_it_looked_and_how_to_get_one() {
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> which(Optional.empty(), false, "").access(_ -> false, ""))
        .withMessage(
            "no server to ask: KUBECONFIG is not set, and neither /state/kubeconfig nor"
                + " /home/.kube/config can be read. Start a server with ./moor up, or name one with"
                + " --kubeconfig FILE");
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> which(Optional.empty(), true, "").access(_ -> false, ""))
        .withMessageContaining("./moor up --state /state");
  }
}
