package dev.moorage.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Meta.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetaTest {

  @Test
  void everything_is_read() {
    var meta =
        Meta.of(
            Tree.object(
                "metadata",
                Tree.object(
                    "namespace",
                    "team",
                    "name",
                    "data",
                    "uid",
                    "u-1",
                    "resourceVersion",
                    "42",
                    "labels",
                    Tree.object("app", "web"),
                    "annotations",
                    Tree.object("note", "x"),
                    "finalizers",
                    Tree.texts(List.of("a/b")),
                    "creationTimestamp",
                    "2026-01-02T03:04:05Z",
                    "deletionTimestamp",
                    "2026-01-02T03:05:00Z",
                    "ownerReferences",
                    Tree.list(
                        List.of(
                            Tree.object(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Pod",
                                "name",
                                "web",
                                "uid",
                                "u-2",
                                "controller",
                                true))))));
    assertThat(meta.key()).isEqualTo(new ObjectKey("team", "data"));
    assertThat(meta.uid()).isEqualTo("u-1");
    assertThat(meta.version()).isEqualTo("42");
    assertThat(meta.labels()).isEqualTo(Map.of("app", "web"));
    assertThat(meta.annotation("note")).isEqualTo("x");
    assertThat(meta.annotation("other")).isEmpty();
    assertThat(meta.hasFinalizer("a/b")).isTrue();
    assertThat(meta.hasFinalizer("a/c")).isFalse();
    assertThat(meta.created()).contains(Instant.parse("2026-01-02T03:04:05Z"));
    assertThat(meta.deleting()).isTrue();
    assertThat(meta.owners()).containsExactly(new Owner("v1", "Pod", "web", "u-2", true));
  }

  @Test
  void what_is_absent_is_empty() {
    var meta = Meta.of(Tree.object("metadata", Tree.object("name", "node-1")));
    assertThat(meta.key()).isEqualTo(ObjectKey.cluster("node-1"));
    assertThat(meta.deleting()).isFalse();
    assertThat(meta.created()).isEmpty();
    assertThat(meta.finalizers()).isEmpty();
    assertThat(meta.owners()).isEmpty();
    assertThat(Meta.of(Tree.nothing()).name()).isEmpty();
  }
}
