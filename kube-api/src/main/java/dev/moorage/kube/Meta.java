package dev.moorage.kube;

import dev.moorage.base.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An object's metadata, as far as rooms need it.
///
/// @param namespace empty for kinds of the whole cluster
/// @param version the `resourceVersion`: what a guarded change passes back
/// @param deletionTimestamp text of the time, empty while the object is not being deleted
/// @param owners the `ownerReferences`
public record Meta(
    String namespace,
    String name,
    String uid,
    String version,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> finalizers,
    String creationTimestamp,
    String deletionTimestamp,
    List<Owner> owners) {

  /// One owner reference.
  public record Owner(
      String apiVersion, String kind, String name, String uid, boolean controller) {}

  /// Reads the metadata of an object.
  public static Meta of(Tree object) {
    var meta = object.at("metadata");
    return new Meta(
        meta.text("namespace"),
        meta.text("name"),
        meta.text("uid"),
        meta.text("resourceVersion"),
        meta.textMap("labels"),
        meta.textMap("annotations"),
        meta.textList("finalizers"),
        meta.text("creationTimestamp"),
        meta.text("deletionTimestamp"),
        meta.at("ownerReferences").items().stream()
            .map(owner ->
                new Owner(
                    owner.text("apiVersion"),
                    owner.text("kind"),
                    owner.text("name"),
                    owner.text("uid"),
                    owner.truth(false, "controller")))
            .toList());
  }

  /// The object's key within its kind.
  public ObjectKey key() {
    return new ObjectKey(namespace, name);
  }

  /// Whether the object is being deleted (its deletion time is set).
  public boolean deleting() {
    return !deletionTimestamp.isEmpty();
  }

  /// Whether the object carries this finalizer.
  public boolean hasFinalizer(String finalizer) {
    return finalizers.contains(finalizer);
  }

  /// An annotation's text; empty where it is not set.
  public String annotation(String name) {
    return annotations.getOrDefault(name, "");
  }

  /// When the object was created; empty for an object not yet stored.
  public Optional<Instant> created() {
    return creationTimestamp.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.parse(creationTimestamp));
  }
}
