package dev.moorage.nodeagent.registration;

import dev.moorage.base.Step;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.PluginSockets.PluginInfo;
import dev.moorage.nodeagent.registration.PluginView.Entry;
import dev.moorage.nodeagent.registration.PluginView.Known;

/// What is done next for one registration socket. Source: the kubelet's plugin manager and its CSI
/// registration handler.
sealed interface PluginStep extends Step {
  record Nothing(String why) implements PluginStep {}

  /// Asks the plugin what it is.
  record Dial() implements PluginStep {}

  /// Asks the driver which node this is and what it can do here.
  record DescribeDriver(PluginInfo info) implements PluginStep {
    @Override
    public String why() {
      return info.name();
    }
  }

  record RecordOnNode() implements PluginStep {}

  /// Removes a CSINode that an earlier node of this name has left.
  record DropForeignCsiNode() implements PluginStep {}

  record RecordOnCsiNode() implements PluginStep {}

  record ReportRegistered() implements PluginStep {}

  /// Tells the plugin that it is not registered; tried again later.
  record Refuse(String why) implements PluginStep {}

  /// The socket is gone: the driver no longer serves this node.
  record Deregister(String driver) implements PluginStep {
    @Override
    public String why() {
      return driver;
    }
  }

  static PluginStep next(PluginView view) {
    if (!view.socket()) return withoutSocket(view.known());
    return switch (view.known()) {
      case Known.Not _, Known.Lost _ -> new Dial();
      case Known.Dialled(var info) -> dialled(info, view.takenByOther());
      case Known.Described(_, _, _, var again) when again -> new Dial();
      case Known.Described described -> described(described, view);
    };
  }

  private static PluginStep withoutSocket(Known known) {
    return switch (known) {
      case Known.Not() -> new Nothing("no socket, and nothing registered by it");
      case Known.Dialled(var info) -> new Deregister(info.name());
      case Known.Lost(var info) -> new Deregister(info.name());
      case Known.Described described -> new Deregister(described.info().name());
    };
  }

  private static PluginStep dialled(PluginInfo info, boolean takenByOther) {
    if (!info.type().equals("CSIPlugin"))
      return new Refuse("plugin type " + info.type() + " is not known here, only CSIPlugin");
    if (info.name().isEmpty()) return new Refuse("the plugin has no name");
    if (!KnownDriver.isName(info.name()))
      return new Refuse("\"" + info.name() + "\" cannot be a driver's name");
    if (CsiVersion.highest(info.versions()).isEmpty())
      return new Refuse("CSI versions " + info.versions() + " are not supported, only 1.x");
    if (takenByOther)
      return new Refuse(
          "driver " + info.name() + " is registered by another socket, in this or a newer version");
    return new DescribeDriver(info);
  }

  private static PluginStep described(Known.Described known, PluginView view) {
    var api = view.node();
    if (known.about().node().text().isEmpty())
      return new Refuse("driver " + known.info().name() + " gave this node no id");
    if (!api.node()) return new Nothing("waits for the Node object");
    if (!api.collision().isEmpty()) return new Refuse(api.collision());
    if (!api.onNode()) return new RecordOnNode();
    if (api.entry() == Entry.FOREIGN) return new DropForeignCsiNode();
    if (api.entry() != Entry.SAME) return new RecordOnCsiNode();
    if (!known.reported()) return new ReportRegistered();
    return new Nothing("registered");
  }
}
