package dev.moorage.kubeserver.registry;

import dev.moorage.kube.Deletion;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Selection;

/// What is asked of the registry.
public sealed interface Verb {

  /// Reads one object.
  ///
  /// @param version not older than this; empty for the newest
  record Get(String version) implements Verb {}

  /// Lists objects.
  record List(Selection selection, Page page) implements Verb {}

  /// Watches objects.
  ///
  /// @param since changes after this version; empty or `0` for the present objects first
  /// @param bookmarks whether to tell, once in a while, how far the watch has come
  record Watch(Selection selection, String since, boolean bookmarks) implements Verb {}

  /// Creates an object, or a pod's `binding`.
  record Create(Body body) implements Verb {}

  /// Replaces an object, or its `status`, or a namespace's `finalize`.
  record Update(Body body) implements Verb {}

  /// Patches an object, or its `status`.
  record Change(Patching patching) implements Verb {}

  /// Deletes an object. Nobody collects its dependents: they stay.
  record Delete(Deletion deletion) implements Verb {}

  /// Deletes all selected objects.
  record DeleteAll(Selection selection, Deletion deletion) implements Verb {}

  /// Which part of a list is asked for.
  ///
  /// @param version empty for the newest, `0` for any, else not older than this (or exactly this)
  /// @param exact whether `version` is meant exactly
  /// @param limit most objects in one answer; 0 or less for all
  /// @param from the continuation that the page before gave; empty for the first page
  record Page(String version, boolean exact, long limit, String from) {
    /// Everything, as it is now.
    public static final Page ALL = new Page("", false, 0, "");
  }

  /// A patch of some format.
  sealed interface Patching {
    /// Named paths.
    ///
    /// @param versionSeen the version that the object must still have; empty for any
    record Named(Patch patch, String versionSeen) implements Patching {}

    /// A JSON patch (RFC 6902).
    record Json(Body body) implements Patching {}

    /// A JSON merge patch (RFC 7386).
    record Merge(Body body) implements Patching {}

    /// A strategic merge patch.
    record Strategic(Body body) implements Patching {}
  }
}
