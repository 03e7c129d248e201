package dev.moorage.driver;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import java.util.EnumSet;

/// What a driver can do, from what its backend implements: nothing is advertised twice or apart
/// from the code that does it.
record Capabilities(Backend backend) {

  /// The same from every instance, whichever side it serves.
  GetPluginCapabilities.Answer plugin() {
    var all = EnumSet.of(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
    if (backend instanceof ReportsTopology)
      all.add(GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
    if (backend instanceof Expands) all.add(GetPluginCapabilities.Capability.EXPANSION_ONLINE);
    return new GetPluginCapabilities.Answer(all);
  }

  ControllerGetCapabilities.Answer controller() {
    var all = EnumSet.noneOf(ControllerGetCapabilities.Capability.class);
    if (backend instanceof CreatesVolumes)
      all.add(ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME);
    if (backend instanceof Attaches) {
      all.add(ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME);
      all.add(ControllerGetCapabilities.Capability.PUBLISH_READONLY);
    }
    if (backend instanceof ReportsCapacity)
      all.add(ControllerGetCapabilities.Capability.GET_CAPACITY);
    if (backend instanceof Expands) all.add(ControllerGetCapabilities.Capability.EXPAND_VOLUME);
    if (manyWriters()) all.add(ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
    return new ControllerGetCapabilities.Answer(all);
  }

  NodeGetCapabilities.Answer node() {
    var all = EnumSet.noneOf(NodeGetCapabilities.Capability.class);
    if (backend instanceof GivesDevices) {
      all.add(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME);
      all.add(NodeGetCapabilities.Capability.GET_VOLUME_STATS);
      if (backend instanceof Expands) all.add(NodeGetCapabilities.Capability.EXPAND_VOLUME);
    }
    if (manyWriters()) all.add(NodeGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
    return new NodeGetCapabilities.Answer(all);
  }

  private boolean manyWriters() {
    return backend.support().modes().contains(AccessMode.SINGLE_NODE_MULTI_WRITER);
  }
}
