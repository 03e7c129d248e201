package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Bytes;
import dev.moorage.base.Step;
import dev.moorage.nodeagent.volumes.VolumeView.Attachment;
import dev.moorage.nodeagent.volumes.VolumeView.DriverSide;
import dev.moorage.nodeagent.volumes.VolumeView.Growth;
import dev.moorage.nodeagent.volumes.VolumeView.PodUse;
import dev.moorage.nodeagent.volumes.VolumeView.Shown;
import dev.moorage.nodeagent.volumes.VolumeView.Source;
import dev.moorage.nodeagent.volumes.VolumeView.Staged;
import java.util.List;
import java.util.Optional;

/// What is done next for one volume on this node. Names as the kubelet's volume manager has them;
/// the order is its reconciler's: away with what nobody wants, then mount, then grow.
sealed interface VolumeStep extends Step {
  record Nothing(String why) implements VolumeStep {}

  /// Something of this host must change first, and does not tell when: look again soon.
  record Wait(String why) implements VolumeStep {}

  /// It cannot be taken away without its driver: owners are told.
  record WaitForDriver(String why) implements VolumeStep {}

  /// Pods want it and cannot have it as things are: their owners are told.
  record Blocked(String why) implements VolumeStep {}

  /// Before anything is mounted, so that the controller never detaches under a mount.
  record ReportInUse() implements VolumeStep {}

  record WaitForAttach(String why) implements VolumeStep {}

  /// `NodeStageVolume` at the global path.
  record MountDevice() implements VolumeStep {}

  /// `NodePublishVolume` at a pod's path.
  record SetUp(PodUse pod) implements VolumeStep {
    @Override
    public String why() {
      return "for pod " + pod.pod();
    }
  }

  /// Tells that the node has begun to grow it.
  record MarkExpanding(Bytes target) implements VolumeStep {
    @Override
    public String why() {
      return "to " + target;
    }
  }

  /// `NodeExpandVolume`, then the claim's new size.
  record Expand(PodUse pod, Bytes target) implements VolumeStep {
    @Override
    public String why() {
      return "to " + target;
    }
  }

  /// The claim waits for the node, and the driver does nothing there: its owner is told.
  record CannotGrow(String why) implements VolumeStep {}

  /// `NodeUnpublishVolume`, and the pod's folder for it.
  record TearDown(PodUse pod) implements VolumeStep {
    @Override
    public String why() {
      return "for pod " + pod.pod();
    }
  }

  /// Takes away a pod's mount without its driver: nothing says any more whose it is.
  record ForceUnmount(PodUse pod) implements VolumeStep {
    @Override
    public String why() {
      return "for pod " + pod.pod();
    }
  }

  /// `NodeUnstageVolume`, and the folder of the global path.
  record UnmountDevice() implements VolumeStep {}

  /// After everything is unmounted: the controller may detach.
  record ForgetInUse() implements VolumeStep {}

  static VolumeStep next(VolumeView view) {
    var idle = view.pods().stream().filter(VolumeStep::idle).findFirst();
    if (idle.isPresent()) return tearDown(view, idle.get());
    return view.wanted() ? bring(view) : takeAway(view);
  }

  private static boolean idle(PodUse pod) {
    return !pod.wants() && pod.isShown() && !pod.mayRun();
  }

  private static VolumeStep tearDown(VolumeView view, PodUse pod) {
    if (pod.shown() == Shown.FOLDER) return new TearDown(pod); // no call: folders only
    if (view.source() instanceof Source.Nowhere) return new ForceUnmount(pod);
    if (view.driver() instanceof DriverSide.NotHere(var why))
      return new WaitForDriver(why + "; a pod's mount waits for it");
    return new TearDown(pod);
  }

  private static VolumeStep bring(VolumeView view) {
    if (!(view.source() instanceof Source.OnApi volume))
      return new Blocked("the PersistentVolume is gone");
    if (!volume.problem().isEmpty()) return new Blocked(volume.problem());
    if (!view.inUse()) return new ReportInUse();
    return switch (view.driver()) {
      case DriverSide.NotHere(var why) -> new Blocked(why);
      case DriverSide.Here driver ->
          mount(view, volume, driver).orElseGet(() -> grow(view, volume.growth(), driver));
    };
  }

  private static Optional<VolumeStep> mount(
      VolumeView view, Source.OnApi volume, DriverSide.Here driver) {
    var waiting =
        view.pods().stream().filter(pod -> pod.wants() && pod.shown() != Shown.MOUNTED).findFirst();
    if (waiting.isEmpty()) return Optional.empty();
    if (view.attachment() instanceof Attachment.Waiting(var why))
      return Optional.of(new WaitForAttach(why));
    if (driver.stages() && view.staged() != Staged.DONE) return Optional.of(new MountDevice());
    if (volume.onePodOnly() && anotherHasIt(view.pods(), waiting.get()))
      return Optional.of(
          new Blocked("another pod has the volume, and its access mode is ReadWriteOncePod"));
    return Optional.of(new SetUp(waiting.get()));
  }

  private static boolean anotherHasIt(List<PodUse> pods, PodUse than) {
    return pods.stream().anyMatch(pod -> !pod.uid().equals(than.uid()) && pod.isShown());
  }

  private static VolumeStep grow(VolumeView view, Growth growth, DriverSide.Here driver) {
    var writer = view.pods().stream().filter(pod -> pod.wants() && !pod.readOnly()).findFirst();
    return switch (growth) {
      case Growth.None() -> new Nothing("every pod that wants it has it");
      case Growth.Pending _, Growth.Due _ when writer.isEmpty() ->
          new Nothing("must grow, but every pod here only reads it");
      case Growth.Pending _, Growth.Due _ when !driver.expands() ->
          new CannotGrow("the driver expands nothing on nodes");
      case Growth.Pending(var target) -> new MarkExpanding(target);
      case Growth.Due(var target) -> new Expand(writer.orElseThrow(), target);
    };
  }

  private static VolumeStep takeAway(VolumeView view) {
    if (view.pods().stream().anyMatch(PodUse::isShown))
      return new Wait("processes of a pod still use it");
    if (view.staged() == Staged.FOLDER) return new UnmountDevice(); // no call: folders only
    if (view.staged() != Staged.NOWHERE)
      return view.driver() instanceof DriverSide.NotHere(var why)
          ? new WaitForDriver(why + "; the global mount waits for it")
          : new UnmountDevice();
    return view.inUse() ? new ForgetInUse() : new Nothing("no pod here wants it");
  }
}
