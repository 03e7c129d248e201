package dev.moorage.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the process in the background is told.
class DetachedTest {
  private static final Path STATE = Path.of("/srv/house");

  @ParameterizedTest
  @ValueSource(strings = {"--state ../house", "--state=house", "--state=/srv/house", ""})
  void it_is_told_the_whole_path_of_its_state(String given) {
    var words = List.of(("up --port 0 " + given + " --detach").split(" +"));
    assertThat(Detached.foreground(STATE, words))
        .containsExactly("up", "--port", "0", "--state", "/srv/house");
  }

  @Test
  void all_else_is_told_as_it_was() {
    var words = List.of("up", "--detach", "--driver", "unix:///a b/csi.sock", "-q");
    assertThat(Detached.foreground(STATE, words))
        .containsExactly("up", "--driver", "unix:///a b/csi.sock", "-q", "--state", "/srv/house");
  }
}
