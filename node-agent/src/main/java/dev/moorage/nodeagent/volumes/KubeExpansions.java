package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.base.Tasks;
import dev.moorage.controller.Cache;
import dev.moorage.controller.Events;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Tree;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// A claim's status in the API, as growth on a node writes it.
final class KubeExpansions implements Expansions {
  private static final List<String> RESIZE_CONDITIONS =
      List.of("Resizing", "FileSystemResizePending", "ControllerResizeError", "NodeResizeError");

  private final Kube kube;
  private final Cache<Pod> pods;
  private final Events events;
  private final Tasks tasks;

  KubeExpansions(Kube kube, Cache<Pod> pods, Events events, Tasks tasks) {
    this.kube = kube;
    this.pods = pods;
    this.events = events;
    this.tasks = tasks;
  }

  @Override
  public void markExpanding(PersistentVolumeClaim claim) {
    change(claim, claim.meta().version(), progress("NodeResizeInProgress"));
  }

  private static Patch progress(String status) {
    return Patch.NONE.set(status, "status", "allocatedResourceStatuses", "storage");
  }

  @Override
  public void finish(PersistentVolumeClaim claim, Bytes size, List<ObjectKey> users) {
    var patch =
        Patch.NONE
            .set(Quantities.text(size), "status", "capacity", "storage")
            .remove("status", "allocatedResourceStatuses");
    for (String condition : RESIZE_CONDITIONS)
      patch = patch.removeItem("type", condition, "status", "conditions");
    change(claim, claim.meta().version(), patch);
    var message =
        "MountVolume.NodeExpandVolume succeeded for volume \"" + claim.volumeName() + "\"";
    events.normal(Kinds.CLAIM, claim, "FileSystemResizeSuccessful", message);
    for (ObjectKey user : users)
      pods.find(user)
          .ifPresent(pod -> events.normal(Kinds.POD, pod, "FileSystemResizeSuccessful", message));
  }

  /// Not guarded by a version, as the kubelet's own failure patches are not. The condition is set
  /// once: each write would wake the volume again.
  @Override
  public void failed(
      PersistentVolumeClaim claim, boolean infeasible, String message, List<ObjectKey> users) {
    var patch = infeasible ? progress("NodeResizeInfeasible") : Patch.NONE;
    if (!claim.conditions().contains("NodeResizeError"))
      patch = patch.setItem("type", condition(message), "status", "conditions");
    if (!patch.changes().isEmpty()) change(claim, "", patch);
    waits(claim, message, users);
  }

  @Override
  public void waits(PersistentVolumeClaim claim, String message, List<ObjectKey> users) {
    events.warning(Kinds.CLAIM, claim, "VolumeResizeFailed", message);
    for (ObjectKey user : users)
      pods.find(user)
          .ifPresent(pod -> events.warning(Kinds.POD, pod, "VolumeResizeFailed", message));
  }

  private Tree condition(String message) {
    return Tree.object(
        "type",
        "NodeResizeError",
        "status",
        "True",
        "lastTransitionTime",
        tasks.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        "message",
        message);
  }

  private void change(PersistentVolumeClaim claim, String versionSeen, Patch patch) {
    var _ = kube.changeStatus(Kinds.CLAIM, claim.key(), versionSeen, patch);
  }
}
