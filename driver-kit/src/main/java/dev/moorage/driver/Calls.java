package dev.moorage.driver;

import dev.moorage.csi.ControllerExpandVolume;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.ControllerGetVolume;
import dev.moorage.csi.ControllerGetVolumeHealth;
import dev.moorage.csi.ControllerListVolumeHealth;
import dev.moorage.csi.ControllerModifyVolume;
import dev.moorage.csi.ControllerPublishVolume;
import dev.moorage.csi.ControllerUnpublishVolume;
import dev.moorage.csi.CreateSnapshot;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CreateVolumeGroupSnapshot;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteSnapshot;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.DeleteVolumeGroupSnapshot;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetMetadataAllocated;
import dev.moorage.csi.GetMetadataDelta;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.GetSnapshot;
import dev.moorage.csi.GetVolumeGroupSnapshot;
import dev.moorage.csi.GroupControllerGetCapabilities;
import dev.moorage.csi.ListSnapshots;
import dev.moorage.csi.ListVolumes;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeGetStorageHealth;
import dev.moorage.csi.NodeGetVolumeHealth;
import dev.moorage.csi.NodeGetVolumeStats;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.ValidateVolumeCapabilities;
import java.util.Map;
import java.util.function.Supplier;

/// Which call is whose.
final class Calls {
  private final Kit kit;
  private final Capabilities capabilities;
  private final ControllerSide controller;

  Calls(Kit kit) {
    this.kit = kit;
    this.capabilities = Capabilities.of(kit.settings(), kit.backend());
    this.controller = ControllerSide.of(kit);
  }

  Object answer(CsiCall<?> call) {
    checkServed(call, kit.settings().mode());
    return switch (call) {
      case GetPluginInfo _ -> info(kit.settings());
      case GetPluginCapabilities _ -> capabilities.plugin();
      case Probe _ -> new Probe.Answer(true);
      case ControllerGetCapabilities _ -> capabilities.controller();
      case CreateVolume create -> controller.volumes().create(create);
      case DeleteVolume delete -> controller.volumes().delete(delete);
      case ControllerPublishVolume publish -> controller.attaching().publish(publish);
      case ControllerUnpublishVolume unpublish -> controller.attaching().unpublish(unpublish);
      case ValidateVolumeCapabilities validate -> new Validation(kit).validate(validate);
      case GetCapacity capacity -> new Space(kit).answer(capacity);
      case ControllerExpandVolume expand -> controller.growth().expand(expand);
      case ControllerModifyVolume modify -> controller.modification().modify(modify);
      case ListVolumes list -> new Listing(kit).list(list);
      case ControllerGetVolume get -> new Listing(kit).get(get);
      case ControllerGetVolumeHealth health -> new Health(kit).get(health);
      case ControllerListVolumeHealth health -> new Health(kit).list(health);
      case CreateSnapshot create -> controller.cutting().create(create);
      case DeleteSnapshot delete -> controller.cutting().delete(delete);
      case ListSnapshots list -> new Listing(kit).list(list);
      case GetSnapshot get -> new Listing(kit).get(get);
      case GroupControllerGetCapabilities _ -> capabilities.group();
      case CreateVolumeGroupSnapshot create -> controller.groups().create(create);
      case DeleteVolumeGroupSnapshot delete -> controller.groups().delete(delete);
      case GetVolumeGroupSnapshot get -> controller.groups().get(get);
      case GetMetadataAllocated allocated -> new ChangedBlocks(kit).allocated(allocated);
      case GetMetadataDelta delta -> new ChangedBlocks(kit).changed(delta);
      case NodeGetCapabilities _ -> capabilities.node();
      case NodeGetInfo _ -> onNode(call, () -> new NodeSide(kit).info());
      case NodeStageVolume stage -> onNode(call, () -> new Staging(kit).stage(stage));
      case NodeUnstageVolume unstage -> onNode(call, () -> new Staging(kit).unstage(unstage));
      case NodePublishVolume publish -> onNode(call, () -> publish(publish));
      case NodeUnpublishVolume unpublish -> onNode(call, () -> unpublish(unpublish));
      case NodeGetVolumeStats stats -> onNode(call, () -> new NodeSide(kit).stats(stats));
      case NodeExpandVolume expand -> onNode(call, () -> new NodeSide(kit).expand(expand));
      case NodeGetVolumeHealth health -> onNode(call, () -> new NodeHealth(kit).volume(health));
      case NodeGetStorageHealth health -> onNode(call, () -> new NodeHealth(kit).storage(health));
    };
  }

  /// The answer while the driver still recovers, or cannot.
  ///
  /// @param why what is in the way; empty while it is still going on
  static Object whileNotServing(
      CsiCall<?> call, Driver.Settings settings, Backend backend, String why) {
    return switch (call) {
      case GetPluginInfo _ -> info(settings);
      case GetPluginCapabilities _ -> Capabilities.of(settings, backend).plugin();
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

  private Done publish(NodePublishVolume call) {
    return InlineVolumes.wants(call)
        ? new InlineVolumes(kit).publish(call)
        : new Publishing(kit).publish(call);
  }

  private Done unpublish(NodeUnpublishVolume call) {
    return new InlineVolumes(kit).unpublish(call) ? Done.DONE : new Publishing(kit).unpublish(call);
  }

  private Object onNode(CsiCall<?> call, Supplier<Object> work) {
    if (kit.hasNodeSide()) return work.get();
    throw Refusals.cannot(call.rpc());
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
          ControllerExpandVolume _,
          ListVolumes _,
          CreateSnapshot _,
          DeleteSnapshot _,
          ListSnapshots _,
          GetSnapshot _,
          ControllerGetVolume _,
          ControllerModifyVolume _,
          ControllerListVolumeHealth _,
          ControllerGetVolumeHealth _,
          GroupControllerGetCapabilities _,
          CreateVolumeGroupSnapshot _,
          DeleteVolumeGroupSnapshot _,
          GetVolumeGroupSnapshot _,
          GetMetadataAllocated _,
          GetMetadataDelta _ ->
          Side.CONTROLLER;
      case NodeStageVolume _,
          NodeUnstageVolume _,
          NodePublishVolume _,
          NodeUnpublishVolume _,
          NodeGetVolumeStats _,
          NodeExpandVolume _,
          NodeGetCapabilities _,
          NodeGetInfo _,
          NodeGetVolumeHealth _,
          NodeGetStorageHealth _ ->
          Side.NODE;
    };
  }
}
