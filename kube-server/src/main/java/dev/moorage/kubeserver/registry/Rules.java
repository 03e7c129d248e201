package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Schema.Struct;
import dev.moorage.kubeserver.schema.Schemas;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What is special about one kind. The defaults are a kind without anything special.
interface Rules {

  Kind<?> kind();

  default Struct schema() {
    return Schemas.of(kind());
  }

  /// Whether the status stands apart: writes of the object leave it, writes of the status leave the
  /// rest.
  default boolean hasStatus() {
    return false;
  }

  /// Whether a write of the status may change labels, annotations and finalizers.
  default boolean statusChangesMetadata() {
    return true;
  }

  /// Whether a replacement may come without the version it was made on.
  default boolean updatesWithoutVersion() {
    return true;
  }

  /// Whether a replacement of an object that is not there creates it.
  default boolean createsOnUpdate() {
    return false;
  }

  /// Whether the server counts the changes of the spec in `metadata.generation`.
  default boolean countsGenerations() {
    return false;
  }

  /// What is wrong with a name; nothing where it fits.
  default List<String> misnamed(String name) {
    return Names.subdomain(name);
  }

  /// Whether short names of finalizers must be those that Kubernetes knows.
  default boolean knowsFinalizers() {
    return true;
  }

  /// What a user should know of an object that is not wrong.
  default List<String> warnings(Tree object) {
    return List.of();
  }

  /// Completes a new object: status, admission, defaults that depend on more than absence.
  default Tree prepareCreate(Tree object, Occasion occasion) {
    return object;
  }

  /// Completes a changed object.
  default Tree prepareUpdate(Tree now, Tree before, Occasion occasion) {
    return now;
  }

  /// Completes an object whose status has changed.
  default Tree prepareStatus(Tree now, Tree before, Occasion occasion) {
    return now;
  }

  /// Checks what holds for every object of the kind.
  default void validate(Tree object, Problems problems) {}

  /// Checks what may change.
  default void validateChange(Tree now, Tree before, Problems problems) {}

  /// Refuses a valid change for reasons outside the object.
  default void admitChange(Tree now, Tree before, State state) {}

  /// How long a deletion lets an object live, in seconds; 0 for not at all.
  ///
  /// @param asked what the deletion says; -1 for nothing
  default long grace(Tree object, long asked) {
    return 0;
  }

  /// Whether watchers see the deletion time of an object before its end, even when both come at
  /// once.
  default boolean showsMarkBeforeEnd() {
    return false;
  }

  /// An object that somebody began to delete.
  default Tree prepareDeletion(Tree object) {
    return object;
  }

  /// Refuses a deletion for reasons outside the object.
  default void admitDeletion(String name) {}

  /// Whether the object stays although its finalizers are gone.
  default boolean isHeld(Tree object) {
    return false;
  }

  /// The fields that selectors may name, beside `metadata.name` and `metadata.namespace`.
  default Map<String, Function<Tree, String>> selectable() {
    return Map.of();
  }
}
