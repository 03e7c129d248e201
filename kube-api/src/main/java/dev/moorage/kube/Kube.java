package dev.moorage.kube;

import dev.moorage.base.ObjectKey;
import java.util.List;
import java.util.Optional;

/// A Kubernetes API: our own registry in process, or a server over HTTPS.
///
/// All methods may be called from any task and block until the answer is there. Failures are
/// [KubeException]s; a write whose answer was lost is [OutcomeUnknown], and the caller reads before
/// it does anything else. There is no replace: a change is a [Patch] of named paths, so that fields
/// we don't know survive.
public interface Kube {

  /// Reads one object.
  <T extends View> Optional<T> get(Kind<T> kind, ObjectKey key);

  /// Lists objects, ordered by namespace and name, with the version from which a watch goes on.
  <T extends View> Listed<T> list(Kind<T> kind, Selection selection);

  /// Watches from just after a version.
  ///
  /// @param since a version that [#list] or an earlier watch gave
  /// @throws KubeException with reason `Expired` (also from [Watch#next]) when that version is too
  ///   old: list again
  <T extends View> Watch<T> watch(Kind<T> kind, Selection selection, String since);

  /// Creates an object; `metadata.name` or `metadata.generateName` names it.
  ///
  /// @throws KubeException `AlreadyExists` when the name is taken
  <T extends View> T create(Kind<T> kind, Tree tree);

  /// Changes named paths of an object (not its status, for kinds whose status stands apart).
  ///
  /// @param versionSeen the version which the decision was made on; empty for an unguarded change
  /// @throws KubeException `Conflict` when the object has changed since, `NotFound` when it is gone
  <T extends View> T change(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch);

  /// Changes named paths of an object's status (and, for the kinds where Kubernetes allows it, its
  /// metadata).
  <T extends View> T changeStatus(Kind<T> kind, ObjectKey key, String versionSeen, Patch patch);

  /// Binds a pod to a node (the pod's `binding` subresource).
  ///
  /// @param uid the pod's uid; a pod of another uid is refused with `Conflict`
  void bind(ObjectKey pod, String uid, String node);

  /// Deletes an object: sets its deletion time while finalizers (or a pod's grace) hold it.
  ///
  /// @throws KubeException `NotFound` when it is gone already, `Conflict` when a precondition fails
  void delete(Kind<?> kind, ObjectKey key, Deletion deletion);

  /// A list and its version.
  record Listed<T>(List<T> items, String version) {
    public Listed {
      items = List.copyOf(items);
    }
  }
}
