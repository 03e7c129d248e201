package dev.moorage.stack.stories;

import dev.moorage.base.Bytes;
import dev.moorage.csi.ControllerGetCapabilities;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.DeleteVolume;
import dev.moorage.csi.Done;
import dev.moorage.csi.GetCapacity;
import dev.moorage.csi.GetPluginCapabilities;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.NodeGetCapabilities;
import dev.moorage.csi.NodeGetInfo;
import dev.moorage.csi.NodeId;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.Probe;
import dev.moorage.csi.Topology;
import dev.moorage.csi.Volume;
import dev.moorage.csi.VolumeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Somebody else's driver whose volumes need no time and hold nothing: a house with it touches
/// nothing outside, and what takes long is the way to a driver and back.
public final class InstantDriver implements Csi {
  /// Under which it registers.
  public static final String NAME = "instant.moorage.dev";

  /// Makes a driver without memory.
  public InstantDriver() {}

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    return call.answer().cast(answer(call));
  }

  private static Object answer(CsiCall<?> call) {
    return switch (call) {
      case GetPluginInfo _ -> new GetPluginInfo.Answer(NAME, "1", Map.of());
      case GetPluginCapabilities _ ->
          new GetPluginCapabilities.Answer(
              Set.of(GetPluginCapabilities.Capability.CONTROLLER_SERVICE));
      case Probe _ -> new Probe.Answer(true);
      case ControllerGetCapabilities _ ->
          new ControllerGetCapabilities.Answer(
              Set.of(ControllerGetCapabilities.Capability.CREATE_DELETE_VOLUME));
      case NodeGetCapabilities _ -> new NodeGetCapabilities.Answer(Set.of());
      case NodeGetInfo _ ->
          new NodeGetInfo.Answer(new NodeId("anywhere"), 0, new Topology(Map.of()));
      case CreateVolume create -> made(create);
      case DeleteVolume _, NodePublishVolume _, NodeUnpublishVolume _ -> Done.DONE;
      case GetCapacity _ -> new GetCapacity.Answer(Bytes.gibi(1 << 10), Bytes.ZERO, Bytes.ZERO);
      default -> throw new CsiException(Code.UNIMPLEMENTED, "volumes of this driver are nothing");
    };
  }

  private static Volume made(CreateVolume create) {
    var id = new VolumeId("id-" + create.name());
    return new Volume(id, create.capacity().required(), Map.of(), create.source(), List.of());
  }
}
