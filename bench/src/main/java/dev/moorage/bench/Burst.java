package dev.moorage.bench;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Tree;
import dev.moorage.stack.stories.InstantDriver;
import dev.moorage.stack.stories.Manifests;
import java.time.Duration;

/// Many claims at once that bind at once, and their end.
final class Burst {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WRITERS = 64;
  private static final String CLASS = "bench-instant";
  private static final Bytes SIZE = Bytes.gibi(1);

  private final Group group;
  private final Kube kube;
  private final Crowd crowd;

  Burst(Group group, Kube kube) {
    this.group = group;
    this.kube = kube;
    this.crowd = new Crowd(group, WRITERS);
  }

  /// How long everything took.
  ///
  /// @param writes the same number of small objects written by the same writers, nothing more
  /// @param written until the last claim was accepted
  /// @param bound until the last one was bound
  /// @param gone from the first deletion until the last claim and volume were gone
  record Result(Duration writes, Duration written, Duration bound, Duration gone) {}

  void install() {
    var _ = kube.create(Kinds.STORAGE_CLASS, Manifests.immediateClass(CLASS, InstantDriver.NAME));
  }

  Result burst(int count) {
    var writes = writes(count);
    long start = group.tasks().nanos();
    var allBound =
        group.start(
            "bound",
            () -> {
              new Tally<>(group, kube, Kinds.CLAIM, PersistentVolumeClaim::bound)
                  .await(count, PATIENCE);
              return since(start);
            });
    crowd.each(count, i -> kube.create(Kinds.CLAIM, Manifests.claim("burst-" + i, CLASS, SIZE)));
    var written = since(start);
    var bound = allBound.await();
    long deleted = group.tasks().nanos();
    crowd.each(count, i -> kube.delete(Kinds.CLAIM, key("burst-" + i), Deletion.ANY));
    new Tally<>(group, kube, Kinds.CLAIM, _ -> true).await(0, PATIENCE);
    new Tally<>(group, kube, Kinds.VOLUME, _ -> true).await(0, PATIENCE);
    return new Result(writes, written, bound, since(deleted));
  }

  /// The floor: what the API alone takes.
  private Duration writes(int count) {
    long start = group.tasks().nanos();
    crowd.each(count, i -> kube.create(Kinds.CONFIG_MAP, note("note-" + i)));
    var took = since(start);
    crowd.each(count, i -> kube.delete(Kinds.CONFIG_MAP, key("note-" + i), Deletion.ANY));
    return took;
  }

  private static Tree note(String name) {
    return Tree.object(
        "apiVersion",
        "v1",
        "kind",
        "ConfigMap",
        "metadata",
        Tree.object("namespace", Manifests.NAMESPACE, "name", name),
        "data",
        Tree.object("text", "a few words"));
  }

  private static ObjectKey key(String name) {
    return new ObjectKey(Manifests.NAMESPACE, name);
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(group.tasks().nanos() - nanos);
  }
}
