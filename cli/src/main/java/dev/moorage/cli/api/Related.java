package dev.moorage.cli.api;

import dev.moorage.base.ObjectKey;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What stands in other objects and belongs to one of storage's: who uses a claim, where a volume
/// is attached, what a pod's mounts lead to.
final class Related {
  private final Session session;

  Related(Session session) {
    this.session = session;
  }

  /// The relations, by their labels; none where the server refuses to tell.
  Map<String, Tree> of(Kind<Raw> kind, Raw object) {
    try {
      if (kind.sameAs(Kinds.CLAIM)) return ofClaim(object);
      if (kind.sameAs(Kinds.POD)) return ofPod(object);
      if (kind.sameAs(Kinds.VOLUME)) return ofVolume(object);
      if (kind.sameAs(Kinds.NODE)) return ofNode(object);
      return kind.sameAs(Kinds.ATTACHMENT) ? ofAttachment(object) : Map.of();
    } catch (KubeException refused) {
      return Map.of();
    }
  }

  private List<Raw> list(Kind<?> kind, Selection selection) {
    return session.client().kube().list(kind.raw(), selection).items();
  }

  // Claims

  private Map<String, Tree> ofClaim(Raw claim) {
    var users =
        list(Kinds.POD, Selection.in(claim.meta().namespace())).stream()
            .filter(pod -> claimsOf(pod).contains(claim.meta().name()))
            .map(pod -> pod.meta().name())
            .toList();
    return Map.of("Used By", Tree.texts(users));
  }

  private static List<String> claimsOf(Raw pod) {
    return volumes(pod)
        .map(volume -> claimOf(pod, volume))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  private static Stream<Tree> volumes(Raw pod) {
    return pod.tree().at("spec", "volumes").items().stream();
  }

  /// An ephemeral volume's claim is named after pod and volume.
  private static String claimOf(Raw pod, Tree volume) {
    return volume.at("ephemeral").isNothing()
        ? volume.text("persistentVolumeClaim", "claimName")
        : pod.meta().name() + "-" + volume.text("name");
  }

  // Pods

  private static Map<String, Tree> ofPod(Raw pod) {
    var mounts = new ArrayList<Tree>();
    for (var container : pod.tree().at("spec", "containers").items())
      for (var mount : container.at("volumeMounts").items())
        mounts.add(
            Tree.object(
                "container",
                container.text("name"),
                "path",
                mount.text("mountPath"),
                "access",
                mount.truth(false, "readOnly") ? "ro" : "rw",
                "from",
                source(pod, mount.text("name"))));
    return Map.of("Mounts", Tree.list(mounts));
  }

  private static String source(Raw pod, String name) {
    return volumes(pod)
        .filter(volume -> volume.text("name").equals(name))
        .map(volume -> source(pod, volume, name))
        .findFirst()
        .orElse(name);
  }

  private static String source(Raw pod, Tree volume, String name) {
    var claim = claimOf(pod, volume);
    if (!claim.isEmpty()) return name + " (claim " + claim + ")";
    return volume.fields().keySet().stream()
        .filter(field -> !field.equals("name"))
        .map(type -> name + " (" + type + ")")
        .findFirst()
        .orElse(name);
  }

  // Volumes, nodes, attachments

  private Map<String, Tree> ofVolume(Raw volume) {
    return Map.of(
        "Attachments",
        attachments(one ->
            one.tree()
                .text("spec", "source", "persistentVolumeName")
                .equals(volume.meta().name())));
  }

  private Tree attachments(Predicate<Raw> which) {
    return Tree.list(
        list(Kinds.ATTACHMENT, Selection.ALL).stream()
            .filter(which)
            .map(one ->
                Tree.object(
                    "volume",
                    one.tree().text("spec", "source", "persistentVolumeName"),
                    "node",
                    one.tree().text("spec", "nodeName"),
                    "attached",
                    one.tree().truth(false, "status", "attached")))
            .toList());
  }

  private Map<String, Tree> ofNode(Raw node) {
    var name = node.meta().name();
    var here = new Selection.Field("spec.nodeName", name, true);
    var pods =
        list(Kinds.POD, new Selection("", List.of(), List.of(here))).stream()
            .map(pod ->
                Tree.object(
                    "namespace",
                    pod.meta().namespace(),
                    "name",
                    pod.meta().name(),
                    "phase",
                    pod.tree().text("status", "phase")))
            .toList();
    var all = new LinkedHashMap<String, Tree>();
    all.put("Pods", Tree.list(pods));
    all.put("Attachments", attachments(one -> one.tree().text("spec", "nodeName").equals(name)));
    return all;
  }

  private Map<String, Tree> ofAttachment(Raw attachment) {
    var volume = attachment.tree().text("spec", "source", "persistentVolumeName");
    if (volume.isEmpty()) return Map.of();
    var claim =
        session
            .client()
            .kube()
            .get(Kinds.VOLUME.raw(), ObjectKey.cluster(volume))
            .map(found -> found.tree().at("spec", "claimRef"))
            .orElse(Tree.nothing());
    return claim.isNothing()
        ? Map.of()
        : Map.of("Claim", Tree.of(claim.text("namespace") + "/" + claim.text("name")));
  }
}
