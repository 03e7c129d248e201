package dev.moorage.nodeagent.volumes;

import dev.moorage.csi.Certainty;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.NodeUnpublishVolume;
import dev.moorage.csi.NodeUnstageVolume;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.nodeagent.volumes.Neighbours.Driver;
import dev.moorage.nodeagent.volumes.VolumeView.Attachment;
import dev.moorage.nodeagent.volumes.VolumeView.PodUse;
import dev.moorage.nodeagent.volumes.VolumeView.Shown;
import dev.moorage.nodeagent.volumes.VolumeView.Source;
import dev.moorage.nodeagent.volumes.VolumeView.Staged;
import java.util.Map;

/// The steps that change what is mounted. Each may run twice and may die half-way: the data file is
/// written before the driver is called and removed after the driver has undone the call.
final class Mounting {
  private final VolumeObjects objects;
  private final OnHost host;
  private final VolumeCalls calls;
  private final Neighbours neighbours;
  private final Volumes.Settings settings;

  Mounting(
      VolumeObjects objects,
      OnHost host,
      VolumeCalls calls,
      Neighbours neighbours,
      Volumes.Settings settings) {
    this.objects = objects;
    this.host = host;
    this.calls = calls;
    this.neighbours = neighbours;
    this.settings = settings;
  }

  Identity identity(VolumeView view) {
    return switch (view.source()) {
      case Source.OnApi(var identity, _, _, _) -> identity;
      case Source.OnHost(var identity) -> identity;
      case Source.Nowhere() ->
          throw new IllegalStateException("broken rule: a step on a volume knows which one");
    };
  }

  /// *MountDevice*.
  void mountDevice(VolumeView view) {
    var identity = identity(view);
    var driver = driver(identity);
    var call = calls.stage(volume(identity), driver, publishContext(view));
    host.beginStaging(identity);
    try {
      call(driver.csi(), call);
    } catch (CsiException refused) {
      if (isFinal(call, refused) && !host.isMounted(call.stagingPath()))
        host.endUnstaging(identity);
      throw refused;
    }
    host.endStaging(identity);
  }

  /// *SetUp*.
  void setUp(VolumeView view, PodUse pod) {
    var identity = identity(view);
    var driver = driver(identity);
    var call = calls.publish(volume(identity), driver, publishContext(view), pod);
    host.beginPublishing(identity, pod.uid(), settings.nodeName());
    try {
      call(driver.csi(), call);
    } catch (CsiException refused) {
      if (isFinal(call, refused) && !host.isMounted(call.targetPath()))
        host.endUnpublishing(pod.uid(), identity.name());
      throw refused;
    }
    if (!host.isMounted(call.targetPath()))
      throw new CsiException(
          CsiException.Code.INTERNAL,
          "driver "
              + identity.driver()
              + ", NodePublishVolume: it said that it had published the volume, and nothing is"
              + " mounted at "
              + call.targetPath()
              + "; it is asked again");
    host.endPublishing(identity, pod.uid(), settings.nodeName());
    neighbours.told().changed(pod.uid());
  }

  /// *TearDown*.
  void tearDown(String name, VolumeView view, PodUse pod) {
    if (pod.shown() != Shown.FOLDER) {
      var identity = identity(view);
      var target = host.places().target(pod.uid(), name);
      call(driver(identity).csi(), new NodeUnpublishVolume(identity.volume(), target));
    }
    boolean last =
        view.staged() == Staged.NOWHERE
            && view.pods().stream()
                .noneMatch(other -> !other.uid().equals(pod.uid()) && other.isShown());
    if (last) forgetUnknown(view);
    host.endUnpublishing(pod.uid(), name);
    neighbours.told().changed(pod.uid());
  }

  /// A volume that the API no longer knows leaves `volumesInUse` before its last trace on this host
  /// goes: after that nothing here tells its unique name.
  private void forgetUnknown(VolumeView view) {
    if (view.source() instanceof Source.OnHost(var identity) && view.inUse())
      objects.forgetInUse(identity.uniqueName());
  }

  /// *TearDown* of a volume that nothing names any more: its mount goes without the driver.
  void forceUnmount(String name, PodUse pod) {
    host.unmount(host.places().target(pod.uid(), name));
    host.endUnpublishing(pod.uid(), name);
    neighbours.told().changed(pod.uid());
  }

  /// *UnmountDevice*.
  void unmountDevice(VolumeView view) {
    var identity = identity(view);
    var staging = host.places().staging(identity.driver(), identity.volume());
    host.refuseOtherMounts(staging);
    if (view.staged() != Staged.FOLDER)
      call(driver(identity).csi(), new NodeUnstageVolume(identity.volume(), staging));
    forgetUnknown(view);
    host.endUnstaging(identity);
  }

  private <R> void call(Csi driver, CsiCall<R> call) {
    var _ = driver.call(call, settings.rpc());
  }

  /// A call that certainly ended leaves nothing to undo; after any other the files stay, so that it
  /// is undone when nobody wants the volume any more.
  private static boolean isFinal(CsiCall<?> call, CsiException refused) {
    return Certainty.of(call, refused.code()) != Certainty.MAYBE_RUNNING;
  }

  private static Map<String, String> publishContext(VolumeView view) {
    return view.attachment() instanceof Attachment.Ready(var context) ? context : Map.of();
  }

  private Driver driver(Identity volume) {
    return VolumeCalls.driver(neighbours.drivers().find(volume.driver()), volume.driver());
  }

  private PersistentVolume volume(Identity volume) {
    return objects
        .volume(volume.name())
        .orElseThrow(() ->
            new KubeException(
                KubeException.Reason.NotFound,
                "PersistentVolume " + volume.name() + " has just gone"));
  }
}
