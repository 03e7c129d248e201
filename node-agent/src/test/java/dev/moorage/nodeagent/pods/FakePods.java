package dev.moorage.nodeagent.pods;

import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One pod with one container and one claim; written as a tree, read as the room reads it.
final class FakePods implements PodObjects {
  static final ObjectKey KEY = new ObjectKey("demo", "p");

  private final Tasks tasks;
  Optional<Tree> tree = Optional.empty();
  Optional<PodStatus> reported = Optional.empty();
  final List<String> events = new ArrayList<>();
  private final List<String> phases = new ArrayList<>();

  FakePods(Tasks tasks) {
    this.tasks = tasks;
  }

  void create(String uid, String restartPolicy, String... command) {
    var mount = Tree.object("name", "v", "mountPath", "/data");
    var volume =
        Tree.object("name", "v", "persistentVolumeClaim", Tree.object("claimName", "data"));
    var container =
        Tree.object(
            "name",
            "c",
            "image",
            "busybox",
            "command",
            Tree.texts(List.of(command)),
            "volumeMounts",
            Tree.list(List.of(mount)));
    reported = Optional.empty();
    tree =
        Optional.of(
            Tree.object(
                "metadata",
                Tree.object("namespace", "demo", "name", "p", "uid", uid),
                "spec",
                Tree.object(
                    "nodeName",
                    "node-a",
                    "restartPolicy",
                    restartPolicy,
                    "volumes",
                    Tree.list(List.of(volume)),
                    "containers",
                    Tree.list(List.of(container)))));
  }

  void delete(long graceSeconds) {
    tree =
        tree.map(pod ->
            pod.with(Tree.of("2026-01-01T00:00:00Z"), "metadata", "deletionTimestamp")
                .with(Tree.of(graceSeconds), "metadata", "deletionGracePeriodSeconds"));
  }

  /// Phases as they were written, each once in a row.
  List<String> phases() {
    return List.copyOf(phases);
  }

  @Override
  public Optional<Found> find(ObjectKey key) {
    if (!key.equals(KEY)) return Optional.empty();
    return tree.map(Pod::of)
        .map(pod -> new Found(pod, reported.orElseGet(() -> PodStatus.fresh(List.of("c")))));
  }

  @Override
  public Optional<Found> byUid(String uid) {
    return find(KEY).filter(found -> found.pod().meta().uid().equals(uid));
  }

  @Override
  public Optional<Pod> now(ObjectKey key) {
    return find(key).map(Found::pod);
  }

  @Override
  public Optional<PersistentVolumeClaim> claim(ObjectKey key) {
    return Optional.of(
        PersistentVolumeClaim.of(
            Tree.object(
                "metadata",
                Tree.object("namespace", key.namespace(), "name", key.name()),
                "spec",
                Tree.object("volumeName", "pv-1"),
                "status",
                Tree.object("phase", "Bound"))));
  }

  @Override
  public void report(Found seen, PodStatus status, List<PodView.Container> containers) {
    tasks.effect(
        "changeStatus",
        "Pod p",
        () -> {
          reported = Optional.of(status);
          if (phases.isEmpty() || !phases.getLast().equals(status.phase()))
            phases.add(status.phase());
        });
  }

  @Override
  public void remove(Pod pod) {
    tasks.effect("delete", "Pod p", () -> tree = Optional.empty());
  }

  @Override
  public void normal(Pod pod, String reason, String message) {
    events.add(reason);
  }

  @Override
  public void normalOnce(Pod pod, String reason, String message) {
    if (!events.contains(reason)) events.add(reason);
  }

  @Override
  public void warning(Pod pod, String reason, String message) {
    events.add(reason + ": " + message);
  }

  @Override
  public void warningOnce(Pod pod, String reason, String message) {
    if (!events.contains(reason + ": " + message)) warning(pod, reason, message);
  }
}
