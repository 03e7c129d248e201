package dev.moorage.bench;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.host.Host;
import dev.moorage.host.Mounts.Mount;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Selection;
import dev.moorage.stack.stories.KernelFloor;
import dev.moorage.stack.stories.Manifests;
import dev.moorage.stack.stories.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Claims with a pod, one after the other: written, mounted, running, deleted, gone.
final class Lives {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Bytes SIZE = Bytes.mebi(512);
  private static final String CLASS = "bench-pods";
  private static final String DRIVER = "loop.moorage.dev";
  private static final int LIVES_PER_FLOOR = 10;

  private final Group group;
  private final Kube kube;
  private final Host host;
  private final String state;
  private final Waiting waiting;
  private final List<Duration> mounted = new ArrayList<>();
  private final List<Duration> running = new ArrayList<>();
  private final List<Duration> gone = new ArrayList<>();
  private final List<KernelFloor.Round> floor = new ArrayList<>();

  /// @param state the house's folder
  Lives(Group group, Kube kube, Host host, String state) {
    this.group = group;
    this.kube = kube;
    this.host = host;
    this.state = state;
    this.waiting = new Waiting(kube, group, PATIENCE);
  }

  /// What so many lives took.
  record Result(Times mounted, Times running, Times gone, Times floorUp, Times floorDown) {}

  Result live(int count) {
    var _ = kube.create(Kinds.STORAGE_CLASS, Manifests.storageClass(CLASS, DRIVER, "bench"));
    awaitCapacity();
    for (int i = 0; i < count; i++) {
      if (i % LIVES_PER_FLOOR == 0) floor.add(floor().once(SIZE));
      live("bench-" + i);
    }
    return new Result(
        new Times(mounted),
        new Times(running),
        new Times(gone),
        new Times(floor.stream().map(KernelFloor.Round::up).toList()),
        new Times(floor.stream().map(KernelFloor.Round::down).toList()));
  }

  private void awaitCapacity() {
    while (kube.list(Kinds.CAPACITY, Selection.ALL).items().stream()
        .noneMatch(capacity -> capacity.className().equals(CLASS))) group.sleep(PAUSE);
  }

  private void live(String name) {
    var key = new ObjectKey(Manifests.NAMESPACE, name);
    long written = group.tasks().nanos();
    var _ = kube.create(Kinds.CLAIM, Manifests.claim(name, CLASS, SIZE));
    var pod = kube.create(Kinds.POD, Manifests.pod(name, List.of(name)));
    awaitMount("/pods/" + pod.meta().uid() + "/volumes/");
    mounted.add(since(written));
    waiting.until(Kinds.POD, key, "runs", now -> now.phase().equals("Running"));
    running.add(since(written));
    var volume = kube.get(Kinds.CLAIM, key).orElseThrow().volumeName();
    long deleted = group.tasks().nanos();
    kube.delete(Kinds.POD, key, Deletion.ANY);
    kube.delete(Kinds.CLAIM, key, Deletion.ANY);
    waiting.gone(Kinds.VOLUME, ObjectKey.cluster(volume));
    gone.add(since(deleted));
  }

  private Duration since(long nanos) {
    return Duration.ofNanos(group.tasks().nanos() - nanos);
  }

  private void awaitMount(String part) {
    long end = group.tasks().nanos() + PATIENCE.toNanos();
    while (host.mounts().table().stream().noneMatch(mount -> mount.target().contains(part))) {
      if (group.tasks().nanos() > end) throw new IllegalStateException("no mount came at " + part);
      group.sleep(PAUSE);
    }
  }

  private KernelFloor floor() {
    var pool =
        host.mounts().table().stream()
            .map(Mount::target)
            .filter(target -> target.startsWith(state + "/drivers/"))
            .findFirst()
            .orElseThrow();
    return new KernelFloor(host, group.tasks(), pool, state + "/kubelet");
  }
}
