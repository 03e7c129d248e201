package dev.moorage.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.kube.Tree;
import dev.moorage.stack.stories.Manifests;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What people apply by hand is what the stories play.
class ExamplesTest {
  private static Tree example(String file) {
    var read = ManifestReader.path(Path.of("..", "examples", file));
    assertThat(read).hasSize(1);
    return read.getFirst().tree();
  }

  @Test
  void the_examples_are_the_manifests_of_the_stories() {
    assertThat(example("1-class.yaml"))
        .isEqualTo(Manifests.storageClass("fast", "loop.moorage.dev", "moorage-demo"));
    assertThat(example("2-claim.yaml")).isEqualTo(Manifests.claim("data", "fast", Bytes.mebi(512)));
    assertThat(example("3-pod.yaml")).isEqualTo(Manifests.pod("data-pod", List.of("data")));
  }
}
