package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import dev.moorage.csi.CsiException;
import dev.moorage.host.HostException;
import dev.moorage.kube.KubeException;
import dev.moorage.nodeagent.volumes.VolumeView.PodUse;
import dev.moorage.nodeagent.volumes.VolumeView.Shown;
import java.time.Duration;
import java.util.List;

/// Moves one volume one step nearer to the pods of this node, or away from it.
final class VolumeReconciler implements Reconciler {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration SLOWLY = Duration.ofMinutes(2);

  private final VolumeObserver observer;
  private final VolumeObjects objects;
  private final Mounting mounting;
  private final Growing growing;
  private final Duration look;
  private final Journal journal;

  VolumeReconciler(
      VolumeObserver observer,
      VolumeObjects objects,
      Mounting mounting,
      Growing growing,
      Duration look,
      Journal journal) {
    this.observer = observer;
    this.objects = objects;
    this.mounting = mounting;
    this.growing = growing;
    this.look = look;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    var view = observer.observe(key.name());
    var step = VolumeStep.next(view);
    journal.decided(Volumes.ACTOR, key, step);
    return act(key.name(), view, step);
  }

  private Outcome act(String name, VolumeView view, VolumeStep step) {
    switch (step) {
      case VolumeStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case VolumeStep.Wait _ -> {
        return new Outcome.Again(SOON);
      }
      case VolumeStep.WaitForDriver(var why) -> {
        objects.waitsForDriver(name, leaving(view), why);
        return new Outcome.Again(SOON);
      }
      case VolumeStep.CannotGrow(var why) -> {
        growing.cannot(name, why, pods(view));
        return new Outcome.Again(SLOWLY);
      }
      case VolumeStep.WaitForAttach _ -> {
        return new Outcome.Again(look);
      }
      case VolumeStep.Blocked(var why) -> {
        objects.blocked(waiting(view), failed("SetUp", name) + why);
        return new Outcome.Again(look);
      }
      case VolumeStep.Expand(var pod, var target) -> {
        return growing.expand(name, pod, target, pods(view));
      }
      case VolumeStep.MarkExpanding _ -> growing.markExpanding(name);
      case VolumeStep.ReportInUse() -> objects.reportInUse(mounting.identity(view).uniqueName());
      case VolumeStep.MountDevice() ->
          telling("MountDevice", name, view, () -> mounting.mountDevice(view));
      case VolumeStep.SetUp(var pod) ->
          telling("SetUp", name, view, () -> mounting.setUp(view, pod));
      case VolumeStep.TearDown(var pod) ->
          tellingLeft(name, List.of(pod.pod()), () -> mounting.tearDown(name, view, pod));
      case VolumeStep.ForceUnmount(var pod) -> mounting.forceUnmount(name, pod);
      case VolumeStep.UnmountDevice() ->
          tellingLeft(name, List.of(), () -> mounting.unmountDevice(view));
      case VolumeStep.ForgetInUse() -> objects.forgetInUse(mounting.identity(view).uniqueName());
    }
    return Outcome.nextStep();
  }

  /// What keeps pods from their volumes, their owners read as an event; the queue tries again.
  private void telling(String operation, String name, VolumeView view, Runnable act) {
    try {
      act.run();
    } catch (CsiException refused) {
      objects.failedMount(
          waiting(view), failed(operation, name) + refused.code() + ": " + refused.getMessage());
      throw refused;
    } catch (HostException | KubeException refused) {
      objects.failedMount(waiting(view), failed(operation, name) + refused.getMessage());
      throw refused;
    }
  }

  /// What keeps a volume here although nobody wants it, is an event on its pods and on itself.
  private void tellingLeft(String name, List<ObjectKey> pods, Runnable act) {
    try {
      act.run();
    } catch (CsiException refused) {
      objects.failedUnmount(name, pods, refused.code() + ": " + refused.getMessage());
      throw refused;
    } catch (HostException refused) {
      objects.failedUnmount(name, pods, String.valueOf(refused.getMessage()));
      throw refused;
    }
  }

  private static List<ObjectKey> leaving(VolumeView view) {
    return view.pods().stream()
        .filter(pod -> !pod.wants() && pod.isShown())
        .map(PodUse::pod)
        .toList();
  }

  private static String failed(String operation, String name) {
    return "MountVolume." + operation + " failed for volume \"" + name + "\": ";
  }

  private static List<ObjectKey> waiting(VolumeView view) {
    return view.pods().stream()
        .filter(pod -> pod.wants() && pod.shown() != Shown.MOUNTED)
        .map(PodUse::pod)
        .toList();
  }

  private static List<ObjectKey> pods(VolumeView view) {
    return view.pods().stream().filter(PodUse::wants).map(PodUse::pod).toList();
  }
}
