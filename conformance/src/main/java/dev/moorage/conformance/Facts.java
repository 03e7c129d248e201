package dev.moorage.conformance;

import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.GroupControllerGetCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a driver says of itself. What it does not answer is taken as not there.
///
/// @param controller empty when it does not serve the controller service here
/// @param node empty when it does not serve the node service here
record Facts(
    GetPluginInfo.Answer info,
    GetPluginCapabilities.Answer plugin,
    Optional<ControllerGetCapabilities.Answer> controller,
    Optional<NodeGetCapabilities.Answer> node,
    GroupControllerGetCapabilities.Answer group,
    Optional<NodeGetInfo.Answer> nodeInfo) {

  static Facts of(Csi csi, Duration atMost) {
    var reader = new Reader(csi, atMost);
    var plugin =
        reader.ask(new GetPluginCapabilities()).orElse(new GetPluginCapabilities.Answer(Set.of()));
    return new Facts(
        reader.ask(new GetPluginInfo()).orElse(new GetPluginInfo.Answer("", "", Map.of())),
        plugin,
        reader.ask(new ControllerGetCapabilities()),
        reader.ask(new NodeGetCapabilities()),
        plugin.has(GetPluginCapabilities.Capability.GROUP_CONTROLLER_SERVICE)
            ? reader.group()
            : new GroupControllerGetCapabilities.Answer(Set.of()),
        reader.ask(new NodeGetInfo()));
  }

  boolean has(ControllerGetCapabilities.Capability capability) {
    return controller.filter(its -> its.has(capability)).isPresent();
  }

  boolean has(NodeGetCapabilities.Capability capability) {
    return node.filter(its -> its.has(capability)).isPresent();
  }

  boolean has(GetPluginCapabilities.Capability capability) {
    return plugin.has(capability);
  }

  private record Reader(Csi csi, Duration atMost) {
    <R> Optional<R> ask(CsiCall<R> call) {
      try {
        return Optional.of(csi.call(call, atMost));
      } catch (CsiException silent) {
        if (silent.code() == Code.UNAVAILABLE) throw silent; // nobody is there
        return Optional.empty();
      }
    }

    GroupControllerGetCapabilities.Answer group() {
      return ask(new GroupControllerGetCapabilities())
          .orElse(new GroupControllerGetCapabilities.Answer(Set.of()));
    }
  }
}
