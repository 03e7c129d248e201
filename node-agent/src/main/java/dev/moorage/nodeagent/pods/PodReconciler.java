package dev.moorage.nodeagent.pods;

import dev.moorage.base.Journal;
import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Outcome;
import dev.moorage.controller.Reconciler;
import dev.moorage.nodeagent.pods.PodObjects.Found;
import dev.moorage.nodeagent.pods.PodView.Presence;
import dev.moorage.nodeagent.pods.PodView.Run;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Moves one pod one step nearer to running, or to its end.
final class PodReconciler implements Reconciler {
  private static final Duration SOON = Duration.ofMillis(200);

  private final PodObserver observer;
  private final PodObjects objects;
  private final Containers containers;
  private final PodFolders folders;
  private final Consumer<ObjectKey> wake;
  private final Journal journal;

  PodReconciler(
      PodObserver observer,
      PodObjects objects,
      Containers containers,
      PodFolders folders,
      Consumer<ObjectKey> wake,
      Journal journal) {
    this.observer = observer;
    this.objects = objects;
    this.containers = containers;
    this.folders = folders;
    this.wake = wake;
    this.journal = journal;
  }

  @Override
  public Outcome reconcile(ObjectKey key) {
    if (key.namespace().isEmpty() && objects.byUid(key.name()).isPresent())
      return new Outcome.Settled("the pod is there; its own key looks after it");
    var found = key.namespace().isEmpty() ? Optional.<Found>empty() : objects.find(key);
    var view = observer.observe(key, found);
    if (view.pod() instanceof Presence.Here pod) watch(key, pod);
    var step = PodStep.next(view);
    journal.decided(Pods.ACTOR, key, step);
    return act(found, view, step);
  }

  private void watch(ObjectKey key, Presence.Here pod) {
    for (var container : pod.containers())
      if (container.run() instanceof Run.Running(var sandbox, _, _))
        containers.watch(sandbox, key, wake);
  }

  private Outcome act(Optional<Found> found, PodView view, PodStep step) {
    switch (step) {
      case PodStep.Nothing(var why) -> {
        return new Outcome.Settled(why);
      }
      case PodStep.Wait(_, var atMost) -> {
        return new Outcome.Again(atMost);
      }
      case PodStep.Refuse(var why) -> {
        objects.warningOnce(pod(found).pod(), "Failed", "Error: " + why);
        return new Outcome.Settled(why);
      }
      case PodStep.KillRemains(var remains) -> {
        containers.kill(remains.running());
        return new Outcome.Again(SOON);
      }
      case PodStep.Kill(var running) -> {
        containers.killContainers(running);
        return new Outcome.Again(SOON);
      }
      case PodStep.StartContainer(var container, var restarts) -> {
        boolean started = containers.start(pod(found).pod(), container, restarts);
        return started ? Outcome.nextStep() : new Outcome.Again(SOON);
      }
      case PodStep.RemovePod() -> {
        objects.remove(pod(found).pod());
        // Finalizers of others may still hold it; its going wakes the key.
        return new Outcome.Settled("the pod is removed");
      }
      case PodStep.ClearRemains(var remains) -> folders.clear(remains.uid());
      case PodStep.AdoptContainer(var container, var sandbox) ->
          containers.adopt(pod(found).pod(), container, sandbox);
      case PodStep.RecordEnd(var container, var sandbox) ->
          containers.recordEnd(pod(found).pod(), container, sandbox);
      case PodStep.ReportStatus(var status) ->
          objects.report(pod(found), status, here(view).containers());
      case PodStep.RunOn(var container) -> containers.runOn(pod(found).pod(), container);
      case PodStep.Terminate(var running) -> containers.terminate(pod(found).pod(), running);
      case PodStep.ClearFolders() -> folders.removeFolders(here(view).uid());
    }
    return Outcome.nextStep();
  }

  private static Found pod(Optional<Found> found) {
    return found.orElseThrow(
        () -> new IllegalStateException("broken rule: a step on a pod has a pod"));
  }

  private static Presence.Here here(PodView view) {
    if (view.pod() instanceof Presence.Here pod) return pod;
    throw new IllegalStateException("broken rule: a step on a pod has a pod");
  }
}
