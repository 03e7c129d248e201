package dev.moorage.conformance;

import static dev.moorage.csi.GetPluginCapabilities.Capability.CONTROLLER_SERVICE;
import static dev.moorage.csi.GetPluginCapabilities.Capability.EXPANSION_OFFLINE;
import static dev.moorage.csi.GetPluginCapabilities.Capability.EXPANSION_ONLINE;
import static dev.moorage.csi.GetPluginCapabilities.Capability.GROUP_CONTROLLER_SERVICE;

import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerGetCapabilities.Capability;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.GroupControllerGetCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.Probe;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Who a driver is, and whether what it advertises fits together.
final class IdentityChecks {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?");
  private static final int CALLERS = 16;

  private IdentityChecks() {}

  static List<Check> all() {
    return new Topic("identity", "CSI specification, GetPluginInfo")
        .add(
            "name",
            "The name has 63 characters at most, in domain notation.",
            b -> {
              var name = b.ok(new GetPluginInfo()).name();
              b.must(NAME.matcher(name).matches(), "a domain name of 63 characters at most", name);
            })
        .add(
            "version",
            "The vendor's version is told.",
            b -> {
              var info = b.ok(new GetPluginInfo());
              b.must(!info.vendorVersion().isEmpty(), "a vendor_version", info);
            })
        .add(
            "info-stable",
            "Name and version are the same each time.",
            b -> b.same(b.ok(new GetPluginInfo()), b.ok(new GetPluginInfo()), "the second answer"))
        .by("CSI specification, GetPluginCapabilities")
        .add(
            "capabilities-stable",
            "The plugin's capabilities are told, and are the same each time.",
            b ->
                b.same(
                    b.ok(new GetPluginCapabilities()),
                    b.ok(new GetPluginCapabilities()),
                    "the second answer"))
        .add(
            "controller-served",
            "Who serves a controller says so among the plugin's capabilities.",
            b ->
                b.must(b.facts().has(CONTROLLER_SERVICE), "CONTROLLER_SERVICE", b.facts().plugin()),
            new Need.Controller())
        .add(
            "group-controller-served",
            "Who advertises a group controller serves one that can do something.",
            b -> {
              var group = b.ok(new GroupControllerGetCapabilities());
              b.must(!group.capabilities().isEmpty(), "a capability", group);
            },
            Need.general(GROUP_CONTROLLER_SERVICE))
        .by("CSI specification, Probe")
        .add(
            "probe",
            "A driver that serves is ready.",
            b -> b.must(b.ok(new Probe()).ready(), "ready", "not ready"))
        .add(
            "probe-often",
            "Probe may be called often and by several at once.",
            b -> {
              for (var answer : b.atOnce(Collections.nCopies(CALLERS, new Probe())))
                b.must(answer.given(), "OK from Probe", answer);
            })
        .by("CSI specification, ControllerGetCapabilities and NodeGetCapabilities")
        .add(
            "expansion-told",
            "Who can expand volumes says whether online or offline.",
            IdentityChecks::expansionTold)
        .add(
            "capabilities-coherent",
            "No capability stands without the one that it builds on.",
            IdentityChecks::coherent,
            new Need.Controller())
        .add(
            "controller-capabilities-stable",
            "The controller's capabilities are the same each time.",
            b ->
                b.same(
                    b.ok(new ControllerGetCapabilities()),
                    b.ok(new ControllerGetCapabilities()),
                    "the second answer"),
            new Need.Controller())
        .add(
            "node-capabilities-stable",
            "The node's capabilities are the same each time.",
            b ->
                b.same(
                    b.ok(new NodeGetCapabilities()),
                    b.ok(new NodeGetCapabilities()),
                    "the second answer"),
            new Need.Node())
        .add(
            "single-node-modes-on-both-sides",
            "SINGLE_NODE_MULTI_WRITER is advertised by controller and node, or by neither.",
            b ->
                b.same(
                    b.facts().has(Capability.SINGLE_NODE_MULTI_WRITER),
                    b.facts().has(NodeGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER),
                    "the node's word"),
            new Need.Controller(),
            new Need.Node())
        .list();
  }

  private static void expansionTold(Bench b) {
    boolean expands =
        b.facts().has(Capability.EXPAND_VOLUME)
            || b.facts().has(NodeGetCapabilities.Capability.EXPAND_VOLUME);
    boolean told = b.facts().has(EXPANSION_ONLINE) || b.facts().has(EXPANSION_OFFLINE);
    b.must(!expands || told, "VolumeExpansion among the plugin's capabilities", b.facts().plugin());
  }

  private static final Map<Capability, Capability> BUILDS_ON =
      Map.of(
          Capability.CLONE_VOLUME, Capability.CREATE_DELETE_VOLUME,
          Capability.PUBLISH_READONLY, Capability.PUBLISH_UNPUBLISH_VOLUME);

  private static void coherent(Bench b) {
    BUILDS_ON.forEach((capability, base) ->
        b.must(
            !b.facts().has(capability) || b.facts().has(base),
            base + ", as there is " + capability,
            b.facts().controller()));
  }
}
