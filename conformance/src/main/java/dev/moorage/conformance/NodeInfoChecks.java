package dev.moorage.conformance;

import static dev.moorage.csi.GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS;

import dev.moorage.csi.NodeGetInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a node says of itself.
final class NodeInfoChecks {
  private static final int ID_BYTES = 256;
  private static final Pattern KEY =
      Pattern.compile(
          "([a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
  private static final Pattern VALUE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

  private NodeInfoChecks() {}

  static List<Check> all() {
    return new Topic("node.info", "CSI specification, NodeGetInfo", new Need.Node())
        .add(
            "id",
            "The node has an id of 256 bytes at most.",
            b -> {
              var id = b.ok(new NodeGetInfo()).node().text();
              b.must(
                  !id.isEmpty() && id.getBytes(StandardCharsets.UTF_8).length <= ID_BYTES,
                  "an id of 1 to 256 bytes",
                  id);
            })
        .add(
            "stable",
            "A node's id and place are the same each time.",
            b -> {
              var first = b.ok(new NodeGetInfo());
              var second = b.ok(new NodeGetInfo());
              b.same(first.node(), second.node(), "the id");
              b.same(first.topology(), second.topology(), "the topology");
            })
        .add(
            "limit",
            "The limit of volumes is never negative.",
            b -> {
              var info = b.ok(new NodeGetInfo());
              b.must(info.maxVolumes() >= 0, "0 or more", info.maxVolumes());
            })
        .by("CSI specification, NodeGetInfo and Topology")
        .add("topology", "A place has well-formed keys and values.", NodeInfoChecks::topology)
        .add(
            "topology-told",
            "With accessibility constraints a node says where it is.",
            b -> {
              var info = b.ok(new NodeGetInfo());
              b.must(!info.topology().segments().isEmpty(), "a topology", info);
            },
            Need.general(VOLUME_ACCESSIBILITY_CONSTRAINTS))
        .list();
  }

  private static void topology(Bench b) {
    var segments = b.ok(new NodeGetInfo()).topology().segments();
    var keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    segments.forEach((key, value) -> {
      b.must(KEY.matcher(key).matches(), "a topology key", key);
      b.must(VALUE.matcher(value).matches(), "a topology value", value);
      b.must(keys.add(key), "keys that differ in more than their case", key);
    });
  }
}
