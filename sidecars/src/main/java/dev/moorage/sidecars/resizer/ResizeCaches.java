package dev.moorage.sidecars.resizer;

import dev.moorage.base.ObjectKey;
import dev.moorage.controller.Actor;
import dev.moorage.controller.Cache;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Selection;
import java.util.Optional;

/// What the resizer watches. Only an instance of one node looks at that node.
record ResizeCaches(
    Cache<PersistentVolumeClaim> claims,
    Cache<PersistentVolume> volumes,
    Optional<Cache<Node>> nodes) {

  static ResizeCaches watch(Actor actor, Resizer.Settings settings) {
    var node = settings.nodeName();
    return new ResizeCaches(
        actor.watch(Kinds.CLAIM, Selection.ALL),
        actor.watch(Kinds.VOLUME, Selection.ALL),
        node.isEmpty()
            ? Optional.empty()
            : Optional.of(actor.watch(Kinds.NODE, Selection.of(ObjectKey.cluster(node)))));
  }

  /// Whether a volume is this instance's business; one that names no node is nobody's.
  boolean covers(PersistentVolume volume, String nodeName) {
    if (nodes.isEmpty()) return true;
    return !volume.affinity().isEmpty()
        && nodes
            .get()
            .find(ObjectKey.cluster(nodeName))
            .filter(node -> volume.reachableFrom(node.meta().labels()))
            .isPresent();
  }
}
