package dev.moorage.sim;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Patch;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Quantities;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import dev.moorage.stack.stories.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Somebody who writes objects, and waits for what comes of them; in the main task of a simulation.
final class User {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Kube kube;
  private final Group group;

  User(SimWorld world, Group group) {
    this.kube = world.user();
    this.group = group;
  }

  Kube kube() {
    return kube;
  }

  /// Installs a driver with a class of its volumes.
  void install(String driver, String className) {
    var _ = kube.create(Kinds.CSI_DRIVER.raw(), Manifests.csiDriver(driver));
    var _ =
        kube.create(
            Kinds.STORAGE_CLASS.raw(), Manifests.storageClass(className, driver, "moorage"));
  }

  void claims(String name, String className, Bytes size) {
    var _ = kube.create(Kinds.CLAIM, Manifests.claim(name, className, size));
  }

  void creates(Kind<?> kind, Tree tree) {
    var _ = kube.create(kind.raw(), tree);
  }

  /// Sets whether placement asks for a driver's capacity.
  void tellsCapacity(String driver, boolean tells) {
    var patch = Patch.NONE.set(Tree.of(tells), "spec", "storageCapacity");
    var _ = kube.change(Kinds.CSI_DRIVER, ObjectKey.cluster(driver), "", patch);
  }

  void runs(String pod, String... claims) {
    var _ = kube.create(Kinds.POD, Manifests.pod(pod, List.of(claims)));
  }

  void grows(String claim, Bytes to) {
    var _ =
        kube.change(
            Kinds.CLAIM,
            key(Kinds.CLAIM, claim),
            "",
            Patch.NONE.set(Quantities.text(to), "spec", "resources", "requests", "storage"));
  }

  void deletes(Kind<?> kind, String name) {
    kube.delete(kind, key(kind, name), Deletion.ANY);
  }

  /// Without grace.
  void deletesNow(String pod) {
    kube.delete(Kinds.POD, key(Kinds.POD, pod), Deletion.now(""));
  }

  Pod seesRunning(String pod) {
    return sees(Kinds.POD, pod, "runs", found -> found.phase().equals("Running"));
  }

  PersistentVolumeClaim seesBound(String claim) {
    return sees(Kinds.CLAIM, claim, "is bound", PersistentVolumeClaim::bound);
  }

  <T extends View> T sees(Kind<T> kind, String name, String hope, Predicate<T> test) {
    return waits(name + " " + hope, () -> kube.get(kind, key(kind, name)).filter(test));
  }

  void seesGone(Kind<?> kind, String name) {
    var _ =
        waits(
            kind.name() + " " + name + " is gone",
            () ->
                kube.get(kind, key(kind, name)).isPresent() ? Optional.empty() : Optional.of(name));
  }

  /// Waits for an event on an object that holds all of these words, and returns its text.
  String hears(String name, String... words) {
    return waits(
        "an event on " + name + " says " + List.of(words),
        () ->
            events(name).stream()
                .filter(text -> List.of(words).stream().allMatch(text::contains))
                .findFirst());
  }

  /// The events on an object, as `reason: message`.
  List<String> events(String name) {
    return kube.list(Kinds.EVENT, Selection.ALL).items().stream()
        .filter(event -> event.aboutName().equals(name))
        .map(event -> event.reason() + ": " + event.message())
        .toList();
  }

  private <R> R waits(String hope, Supplier<Optional<R>> look) {
    long end = group.tasks().nanos() + PATIENCE.toNanos();
    while (group.tasks().nanos() < end) {
      var found = look.get();
      if (found.isPresent()) return found.get();
      group.sleep(LOOK);
    }
    throw new AssertionError(
        hope + ": not within " + PATIENCE.toSeconds() + " s. Events:\n  " + allEvents());
  }

  private String allEvents() {
    return String.join(
        "\n  ",
        kube.list(Kinds.EVENT, Selection.ALL).items().stream()
            .map(event ->
                event.aboutKind()
                    + " "
                    + event.aboutName()
                    + ": "
                    + event.reason()
                    + ": "
                    + event.message())
            .toList());
  }

  private static ObjectKey key(Kind<?> kind, String name) {
    return kind.namespaced() ? new ObjectKey(Manifests.NAMESPACE, name) : ObjectKey.cluster(name);
  }
}
