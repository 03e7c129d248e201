package dev.moorage.cli.api;

import dev.moorage.base.ObjectKey;
import dev.moorage.cli.manifest.JsonText;
import dev.moorage.cli.manifest.Manifest;
import dev.moorage.cli.manifest.ManifestReader;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Patch;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Tree;
import dev.moorage.kubeclient.Writing;
import java.util.List;

/// Brings objects to what manifests say, and notes in each what it said, where kubectl notes it
/// too.
final class Applying {
  /// kubectl's annotation, so that both can take turns.
  static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private static final int TRIES = 5;

  private final Session session;
  private final Kube kube;
  private final String suffix;

  Applying(Session session, Writing writing) {
    this.session = session;
    this.kube = session.client().kube(writing);
    this.suffix = writing.dryRun() ? " (server dry run)" : "";
  }

  /// A refusal is told, and ends nothing else.
  void apply(Manifest manifest) {
    try {
      var place = Place.of(session, manifest);
      var wanted = place.put(manifest.tree());
      session.say(
          List.of(
              Names.of(place.kind(), place.key().name()) + " " + apply(place, wanted) + suffix));
    } catch (KubeException refused) {
      session.failed(manifest.place() + ": " + Sentences.of(refused));
    } catch (Place.Nowhere nowhere) {
      session.failed("moor: " + manifest.place() + ": " + nowhere.getMessage());
    }
  }

  /// Whoever else writes the object meanwhile, the manifest still holds.
  private String apply(Place place, Tree wanted) {
    for (int left = TRIES; ; left--) {
      try {
        var live = kube.get(place.kind(), place.key());
        return live.isPresent() ? change(place, wanted, live.get()) : create(place.kind(), wanted);
      } catch (KubeException e) {
        boolean overtaken = e.isConflict() || e.isAlreadyThere();
        if (!overtaken || left == 1) throw e;
      }
    }
  }

  private String create(Kind<Raw> kind, Tree wanted) {
    kube.create(kind, noted(wanted));
    return "created";
  }

  private String change(Place place, Tree wanted, Raw live) {
    var last = last(live.meta().annotation(LAST_APPLIED));
    if (last.isNothing())
      session.remark(
          "Warning: "
              + Names.of(place.kind(), place.key().name())
              + " was not made by apply; what its manifest does not name stays as it is");
    boolean keyed = !place.kind().group().contains(".") || place.kind().group().endsWith(".k8s.io");
    var after = new ThreeWay(keyed).merged(last, noted(wanted), live.tree());
    var patch = ThreeWay.between(live.tree(), after);
    if (patch.equals(Patch.NONE)) return "unchanged";
    var now = kube.change(place.kind(), place.key(), live.meta().version(), patch);
    return unversioned(now).equals(unversioned(live)) ? "unchanged" : "configured";
  }

  private static Tree unversioned(Raw object) {
    return object.tree().without("metadata", "resourceVersion");
  }

  private static Tree last(String text) {
    if (text.isEmpty()) return Tree.nothing();
    var read = ManifestReader.text("the annotation " + LAST_APPLIED, text);
    return read.isEmpty() ? Tree.nothing() : read.getFirst().tree();
  }

  /// With the manifest itself as an annotation.
  private static Tree noted(Tree wanted) {
    var bare = wanted.without("metadata", "annotations", LAST_APPLIED);
    if (bare.at("metadata", "annotations").isNothing())
      bare = bare.with(Tree.empty(), "metadata", "annotations");
    return bare.with(Tree.of(JsonText.line(bare) + "\n"), "metadata", "annotations", LAST_APPLIED);
  }

  /// Where a manifest's object is, or shall be.
  record Place(Kind<Raw> kind, ObjectKey key) {
    /// There is no such place.
    static final class Nowhere extends RuntimeException {
      Nowhere(String why) {
        super(why);
      }
    }

    /// @throws Nowhere when the server has no such kind, or the object no name
    static Place of(Session session, Manifest manifest) {
      var kind =
          session
              .client()
              .discovery()
              .find(manifest.apiVersion(), manifest.kind())
              .orElseThrow(() ->
                  new Nowhere(
                      "the server has no kind " + manifest.kind() + " in " + manifest.apiVersion()))
              .kind();
      if (manifest.name().isEmpty()) throw new Nowhere("metadata.name is missing");
      return new Place(kind, new ObjectKey(namespace(session, kind, manifest), manifest.name()));
    }

    private static String namespace(Session session, Kind<Raw> kind, Manifest manifest) {
      if (!kind.namespaced()) return "";
      var own = manifest.namespace();
      var asked = session.askedNamespace();
      if (!own.isEmpty() && asked.isPresent() && !asked.get().equals(own))
        throw new Nowhere("its namespace is " + own + ", not " + asked.get() + " as -n says");
      return own.isEmpty() ? session.namespace() : own;
    }

    /// The manifest with the namespace in it that it goes to.
    Tree put(Tree manifest) {
      return kind.namespaced()
          ? manifest.with(Tree.of(key.namespace()), "metadata", "namespace")
          : manifest.without("metadata", "namespace");
    }
  }
}
