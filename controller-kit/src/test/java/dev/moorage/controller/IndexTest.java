package dev.moorage.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube.Listed;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.Watch.Change;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexTest {
  private final Cache<PersistentVolumeClaim> cache = new Cache<>(Kinds.CLAIM, Selection.ALL);
  private final Index<String, PersistentVolumeClaim> byVolume =
      cache.index(claim -> List.of(claim.volumeName()));

  private static PersistentVolumeClaim claim(String name, int version, String volume) {
    return PersistentVolumeClaim.of(
        Tree.object(
            "metadata",
            Tree.object("name", name, "uid", name, "resourceVersion", Integer.toString(version)),
            "spec",
            Tree.object("volumeName", volume)));
  }

  private List<String> at(String volume) {
    return byVolume.at(volume).stream().map(claim -> claim.meta().name()).toList();
  }

  @Test
  void objects_are_found_where_they_are_now_in_the_order_of_their_keys() {
    cache.fill(new Listed<>(List.of(claim("b", 1, "v"), claim("a", 2, "v")), "2"));
    assertThat(at("v")).containsExactly("a", "b");
    cache.apply(new Change.Modified<>(claim("a", 3, "w")));
    assertThat(at("v")).containsExactly("b");
    assertThat(at("w")).containsExactly("a");
  }

  @Test
  void what_is_gone_is_found_nowhere_however_that_was_heard() {
    cache.fill(new Listed<>(List.of(claim("a", 1, "v"), claim("b", 2, "v")), "2"));
    cache.apply(new Change.Deleted<>(claim("a", 3, "v")));
    assertThat(at("v")).containsExactly("b");
    cache.fill(new Listed<>(List.of(), "9"));
    assertThat(at("v")).isEmpty();
  }

  @Test
  void an_old_state_that_comes_late_moves_nothing() {
    cache.apply(new Change.Added<>(claim("a", 5, "v")));
    cache.apply(new Change.Modified<>(claim("a", 4, "w")));
    assertThat(at("v")).containsExactly("a");
    assertThat(at("w")).isEmpty();
  }
}
