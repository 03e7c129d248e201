package dev.moorage.driver;

import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.ValidateVolumeCapabilities;
import java.util.Map;
import java.util.function.Function;

/// Which call is whose.
final class Calls {
  private final Kit kit;
  private final Capabilities capabilities;
  private final ControllerSide controller;
  private final Attaching attaching;

  Calls(Kit kit) {
    this.kit = kit;
    this.capabilities = new Capabilities(kit.backend());
    this.controller = new ControllerSide(kit);
    this.attaching = new Attaching(kit);
  }

  Object answer(CsiCall<?> call) {
    checkServed(call, kit.settings().mode());
    return switch (call) {
      case GetPluginInfo _ -> info(kit.settings());
      case GetPluginCapabilities _ -> capabilities.plugin();
      case Probe _ -> new Probe.Answer(true);
      case ControllerGetCapabilities _ -> capabilities.controller();
      case CreateVolume create -> controller.create(create);
      case DeleteVolume delete -> controller.delete(delete);
      case ControllerPublishVolume publish -> attaching.publish(publish);
      case ControllerUnpublishVolume unpublish -> attaching.unpublish(unpublish);
      case ValidateVolumeCapabilities validate -> controller.validate(validate);
      case GetCapacity capacity -> controller.capacity(capacity);
      case ControllerExpandVolume expand -> controller.expand(expand);
      case NodeGetCapabilities _ -> capabilities.node();
      case NodeGetInfo _ -> onNode(call, backend -> new NodeSide(kit, backend).info());
      case NodeStageVolume stage -> onNode(call, backend -> new Staging(kit, backend).stage(stage));
      case NodeUnstageVolume unstage ->
          onNode(call, backend -> new Staging(kit, backend).unstage(unstage));
      case NodePublishVolume publish ->
          onNode(call, backend -> new Publishing(kit, backend).publish(publish));
      case NodeUnpublishVolume unpublish ->
          onNode(call, backend -> new Publishing(kit, backend).unpublish(unpublish));
      case NodeGetVolumeStats stats ->
          onNode(call, backend -> new NodeSide(kit, backend).stats(stats));
      case NodeExpandVolume expand ->
          onNode(call, backend -> new NodeSide(kit, backend).expand(expand));
    };
  }

  /// The answer while the driver still recovers, or cannot.
  ///
  /// @param why what is in the way; empty while it is still going on
  static Object whileNotServing(
      CsiCall<?> call, Driver.Settings settings, Backend backend, String why) {
    return switch (call) {
      case GetPluginInfo _ -> info(settings);
      case GetPluginCapabilities _ -> new Capabilities(backend).plugin();
      case Probe _ -> {
        if (!why.isEmpty()) throw Refusals.precondition(why);
        yield new Probe.Answer(false);
      }
      default ->
          throw new CsiException(
              Code.UNAVAILABLE,
              "driver "
                  + settings.name()
                  + (why.isEmpty() ? " is still starting" : " cannot start: " + why));
    };
  }

  private static GetPluginInfo.Answer info(Driver.Settings settings) {
    return new GetPluginInfo.Answer(settings.name(), settings.version(), Map.of());
  }

  private Object onNode(CsiCall<?> call, Function<GivesDevices, Object> work) {
    if (kit.backend() instanceof GivesDevices backend) return work.apply(backend);
    throw Refusals.unimplemented(call.rpc() + " is not something this driver can do");
  }

  /// A process of one mode does not answer for the other side.
  private static void checkServed(CsiCall<?> call, Driver.Mode mode) {
    boolean served =
        switch (side(call)) {
          case BOTH -> true;
          case CONTROLLER -> mode != Driver.Mode.NODE;
          case NODE -> mode != Driver.Mode.CONTROLLER;
        };
    if (!served)
      throw Refusals.unimplemented(call.rpc() + ": this process serves " + mode + " only");
  }

  private enum Side {
    BOTH,
    CONTROLLER,
    NODE
  }

  private static Side side(CsiCall<?> call) {
    return switch (call) {
      case GetPluginInfo _, GetPluginCapabilities _, Probe _ -> Side.BOTH;
      case CreateVolume _,
          DeleteVolume _,
          ControllerPublishVolume _,
          ControllerUnpublishVolume _,
          ValidateVolumeCapabilities _,
          GetCapacity _,
          ControllerGetCapabilities _,
          ControllerExpandVolume _ ->
          Side.CONTROLLER;
      case NodeStageVolume _,
          NodeUnstageVolume _,
          NodePublishVolume _,
          NodeUnpublishVolume _,
          NodeGetVolumeStats _,
          NodeExpandVolume _,
          NodeGetCapabilities _,
          NodeGetInfo _ ->
          Side.NODE;
    };
  }
}
