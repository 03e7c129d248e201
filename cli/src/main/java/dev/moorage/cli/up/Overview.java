package dev.moorage.cli.up;

import dev.moorage.kube.CsiNode;
import dev.moorage.kube.Event;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Kube;
import dev.moorage.kube.Meta;
import dev.moorage.kube.Node;
import dev.moorage.kube.PersistentVolumeClaim;
import dev.moorage.kube.Pod;
import dev.moorage.kube.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is in a house, in a few lines; what waits, with the last event about it.
final class Overview {
  private final Kube kube;
  private final List<Event> events;

  Overview(Kube kube) {
    this.kube = kube;
    this.events = kube.list(Kinds.EVENT, Selection.ALL).items();
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    for (Node node : kube.list(Kinds.NODE, Selection.ALL).items()) lines.add(node(node));
    var claims = kube.list(Kinds.CLAIM, Selection.ALL).items();
    var pods = kube.list(Kinds.POD, Selection.ALL).items();
    lines.add("claims: " + counted(claims, claim -> claim.bound() ? "Bound" : "Pending"));
    lines.add("pods: " + counted(pods, Pod::phase));
    lines.add("volumes: " + kube.list(Kinds.VOLUME, Selection.ALL).items().size());
    lines.add("attachments: " + kube.list(Kinds.ATTACHMENT, Selection.ALL).items().size());
    for (PersistentVolumeClaim claim : claims)
      if (!claim.bound()) lines.add(waits("claim", "PersistentVolumeClaim", claim.meta()));
    for (Pod pod : pods)
      if (!pod.phase().matches("Running|Succeeded")) lines.add(waits("pod", "Pod", pod.meta()));
    return lines;
  }

  private String node(Node node) {
    var drivers =
        kube.list(Kinds.CSI_NODE, Selection.ALL).items().stream()
            .filter(one -> one.meta().name().equals(node.meta().name()))
            .flatMap(one -> one.drivers().stream())
            .map(CsiNode.Driver::name)
            .collect(Collectors.joining(", "));
    return "node "
        + node.meta().name()
        + ": "
        + (node.ready() ? "Ready" : "NotReady")
        + ", drivers: "
        + (drivers.isEmpty() ? "none yet" : drivers);
  }

  private static <T> String counted(List<T> all, Function<T, String> word) {
    var counts = new TreeMap<String, Integer>();
    for (T one : all) counts.merge(word.apply(one), 1, Integer::sum);
    return all.isEmpty()
        ? "none"
        : counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey())
            .collect(Collectors.joining(", "));
  }

  private String waits(String word, String kind, Meta meta) {
    var last =
        events.stream()
            .filter(event -> event.aboutKind().equals(kind))
            .filter(event -> event.aboutName().equals(meta.name()))
            .filter(event -> event.meta().namespace().equals(meta.namespace()))
            .reduce((before, after) -> later(before, after));
    return word
        + " "
        + meta.namespace()
        + "/"
        + meta.name()
        + " waits: "
        + last.map(event -> event.reason() + ": " + event.message()).orElse("no event tells why");
  }

  private static Event later(Event before, Event after) {
    return after.lastSeen().compareTo(before.lastSeen()) >= 0 ? after : before;
  }
}
