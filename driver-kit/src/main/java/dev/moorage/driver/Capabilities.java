package dev.moorage.driver;

import dev.moorage.csi.AccessMode;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GroupControllerGetCapabilities;
import dev.moorage.csi.NodeGetCapabilities;
import java.util.EnumSet;
import java.util.Set;

/// What a driver can do, from what its backend implements: nothing is advertised twice or apart
/// from the code that does it.
record Capabilities(CsiVersion version, Backend backend) {

  static Capabilities of(Driver.Settings settings, Backend backend) {
    return new Capabilities(settings.csiVersion(), backend);
  }

  /// The same from every instance, whichever side it serves.
  GetPluginCapabilities.Answer plugin() {
    var all = EnumSet.of(GetPluginCapabilities.Capability.CONTROLLER_SERVICE);
    if (backend instanceof ReportsTopology)
      all.add(GetPluginCapabilities.Capability.VOLUME_ACCESSIBILITY_CONSTRAINTS);
    if (backend instanceof Expands) all.add(GetPluginCapabilities.Capability.EXPANSION_ONLINE);
    if (backend instanceof GroupSnapshots)
      all.add(GetPluginCapabilities.Capability.GROUP_CONTROLLER_SERVICE);
    if (backend instanceof ListsChangedBlocks)
      all.add(GetPluginCapabilities.Capability.SNAPSHOT_METADATA_SERVICE);
    if (shows13() && backend instanceof Snapshots && backend instanceof ReportsTopology)
      all.add(GetPluginCapabilities.Capability.SNAPSHOT_ACCESSIBILITY_CONSTRAINTS);
    return new GetPluginCapabilities.Answer(all);
  }

  ControllerGetCapabilities.Answer controller() {
    var all = EnumSet.noneOf(ControllerGetCapabilities.Capability.class);
    if (backend instanceof CreatesVolumes) addVolumes(all);
    if (backend instanceof Snapshots) addSnapshots(all);
    if (backend instanceof Clones) all.add(ControllerGetCapabilities.Capability.CLONE_VOLUME);
    if (backend instanceof ModifiesVolumes)
      all.add(ControllerGetCapabilities.Capability.MODIFY_VOLUME);
    if (backend instanceof Attaches) addPublishing(all);
    if (backend instanceof ReportsHealth) addHealth(all);
    if (backend instanceof ReportsCapacity)
      all.add(ControllerGetCapabilities.Capability.GET_CAPACITY);
    if (backend instanceof Expands) all.add(ControllerGetCapabilities.Capability.EXPAND_VOLUME);
    if (manyWriters()) all.add(ControllerGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
    return new ControllerGetCapabilities.Answer(all);
  }

  private void addVolumes(Set<ControllerGetCapabilities.Capability> all) {
    all.add(ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME);
    all.add(ControllerGetCapabilities.Capability.LIST_VOLUMES);
    all.add(ControllerGetCapabilities.Capability.GET_VOLUME);
    if (backend instanceof Attaches)
      all.add(ControllerGetCapabilities.Capability.LIST_VOLUMES_PUBLISHED_NODES);
  }

  private static void addSnapshots(Set<ControllerGetCapabilities.Capability> all) {
    all.add(ControllerGetCapabilities.Capability.CREATE_DELETE_SNAPSHOT);
    all.add(ControllerGetCapabilities.Capability.LIST_SNAPSHOTS);
    all.add(ControllerGetCapabilities.Capability.GET_SNAPSHOT);
  }

  private static void addPublishing(Set<ControllerGetCapabilities.Capability> all) {
    all.add(ControllerGetCapabilities.Capability.PUBLISH_UNPUBLISH_VOLUME);
    all.add(ControllerGetCapabilities.Capability.PUBLISH_READONLY);
  }

  private void addHealth(Set<ControllerGetCapabilities.Capability> all) {
    if (shows13()) {
      all.add(ControllerGetCapabilities.Capability.GET_VOLUME_HEALTH);
      all.add(ControllerGetCapabilities.Capability.LIST_VOLUME_HEALTH);
    } else if (backend instanceof CreatesVolumes) {
      all.add(ControllerGetCapabilities.Capability.VOLUME_CONDITION);
    }
  }

  GroupControllerGetCapabilities.Answer group() {
    if (!(backend instanceof GroupSnapshots))
      throw Refusals.cannot("GroupControllerGetCapabilities");
    return new GroupControllerGetCapabilities.Answer(
        Set.of(GroupControllerGetCapabilities.Capability.CREATE_DELETE_GET_VOLUME_GROUP_SNAPSHOT));
  }

  NodeGetCapabilities.Answer node() {
    var all = EnumSet.noneOf(NodeGetCapabilities.Capability.class);
    boolean devices = backend instanceof GivesDevices;
    if (devices || backend instanceof GivesFolders) {
      all.add(NodeGetCapabilities.Capability.STAGE_UNSTAGE_VOLUME);
      all.add(NodeGetCapabilities.Capability.GET_VOLUME_STATS);
      all.add(
          shows13()
              ? NodeGetCapabilities.Capability.GET_VOLUME_HEALTH
              : NodeGetCapabilities.Capability.VOLUME_CONDITION);
    }
    if (shows13() && backend instanceof ReportsHealth)
      all.add(NodeGetCapabilities.Capability.GET_STORAGE_HEALTH);
    // A folder is as large as its volume: nothing is left to do on the node.
    if (devices && backend instanceof Expands)
      all.add(NodeGetCapabilities.Capability.EXPAND_VOLUME);
    if (manyWriters()) all.add(NodeGetCapabilities.Capability.SINGLE_NODE_MULTI_WRITER);
    return new NodeGetCapabilities.Answer(all);
  }

  private boolean shows13() {
    return version != CsiVersion.V1_12;
  }

  private boolean manyWriters() {
    return backend.support().modes().contains(AccessMode.SINGLE_NODE_MULTI_WRITER);
  }
}
