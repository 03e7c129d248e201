package dev.moorage.sim;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kube.View;
import dev.moorage.kube.Watch;
import java.util.Optional;
import java.util.function.Supplier;

/// An API whose writes something happens to; reads pass.
final class DisturbedKube implements Kube {
  private final Kube kube;
  private final Disturbance disturbance;

  DisturbedKube(Kube kube, Disturbance disturbance) {
    this.kube = kube;
    this.disturbance = disturbance;
  }

  /// What happens to a write.
  interface Disturbance {
    /// Has a write done, somehow.
    ///
    /// @param name the write with all its arguments: equal writes have equal names
    <R> R write(String name, Supplier<R> write);
  }

  @Override
  public <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key) {
    return kube.get(kind, key);
  }

  @Override
  public <T extends View> Listed<T> list(Kind<T> kind, Selection selection) {
    return kube.list(kind, selection);
  }

  @Override
  public <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since) {
    return kube.watch(kind, selection, since);
  }

  @Override
  public <T extends View> T create(Kind<T> kind, Tree tree) {
    var name = name("create", kind, tree.at("metadata"));
    return disturbance.write(name, () -> kube.create(kind, tree));
  }

  @Override
  public <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    var name = name("change", kind, key + " " + patch);
    return disturbance.write(name, () -> kube.change(kind, key, versionSeen, patch));
  }

  @Override
  public <T extends View> T changeStatus(
      Kind<T> kind, ObjectKey key, String versionSeen, Patch patch) {
    var name = name("changeStatus", kind, key + " " + patch);
    return disturbance.write(name, () -> kube.changeStatus(kind, key, versionSeen, patch));
  }

  @Override
  public void bind(ObjectKey pod, String uid, String node) {
    var _ =
        disturbance.write(
            "bind " + pod + " to " + node,
            () -> {
              kube.bind(pod, uid, node);
              return node;
            });
  }

  @Override
  public void delete(Kind<?> kind, ObjectKey key, Deletion deletion) {
    var _ =
        disturbance.write(
            name("delete", kind, key + " " + deletion),
            () -> {
              kube.delete(kind, key, deletion);
              return key;
            });
  }

  private static String name(String verb, Kind<?> kind, Object arguments) {
    return verb + " " + kind.name() + " " + arguments;
  }
}
