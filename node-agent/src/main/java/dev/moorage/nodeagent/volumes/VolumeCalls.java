package dev.moorage.nodeagent.volumes;

import dev.moorage.base.Bytes;
import dev.moorage.base.ObjectKey;
import dev.moorage.csi.AccessMode;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.NodeExpandVolume;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import dev.moorage.csi.VolumeCapability;
import dev.moorage.csi.VolumeId;
import dev.moorage.kube.CsiDriver;
import dev.moorage.kube.CsiSource;
import dev.moorage.kube.PersistentVolume;
import dev.moorage.nodeagent.volumes.Neighbours.Driver;
import dev.moorage.nodeagent.volumes.VolumeView.PodUse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes the driver's calls out of objects. Source: the kubelet's CSI plugin.
final class VolumeCalls {
  private final VolumeObjects objects;
  private final Places places;

  VolumeCalls(VolumeObjects objects, Places places) {
    this.objects = objects;
    this.places = places;
  }

  NodeStageVolume stage(
      PersistentVolume volume, Driver driver, Map<String, String> publishContext) {
    var csi = volume.csi();
    return new NodeStageVolume(
        id(csi),
        publishContext,
        places.staging(csi.driver(), id(csi)),
        capability(volume, driver),
        objects.secrets(csi.secret("nodeStageSecretRef")),
        csi.attributes());
  }

  NodePublishVolume publish(
      PersistentVolume volume, Driver driver, Map<String, String> publishContext, PodUse pod) {
    var csi = volume.csi();
    return new NodePublishVolume(
        id(csi),
        publishContext,
        driver.stages() ? places.staging(csi.driver(), id(csi)) : "",
        places.target(pod.uid(), volume.meta().name()),
        capability(volume, driver),
        pod.readOnly(),
        objects.secrets(csi.secret("nodePublishSecretRef")),
        volumeContext(csi, pod));
  }

  NodeExpandVolume expand(PersistentVolume volume, Driver driver, PodUse pod, Bytes target) {
    var csi = volume.csi();
    return new NodeExpandVolume(
        id(csi),
        places.target(pod.uid(), volume.meta().name()),
        new CapacityRange(target, Bytes.ZERO),
        driver.stages() ? places.staging(csi.driver(), id(csi)) : "",
        capability(volume, driver),
        objects.secrets(csi.secret("nodeExpandSecretRef")));
  }

  private Map<String, String> volumeContext(CsiSource csi, PodUse use) {
    boolean podInfo = objects.driver(csi.driver()).filter(CsiDriver::podInfoOnMount).isPresent();
    if (!podInfo) return csi.attributes();
    var context = new TreeMap<>(csi.attributes());
    context.putAll(podInfo(use.pod(), use.uid()));
    return context;
  }

  private Map<String, String> podInfo(ObjectKey pod, String uid) {
    return Map.of(
        "csi.storage.k8s.io/pod.name",
        pod.name(),
        "csi.storage.k8s.io/pod.namespace",
        pod.namespace(),
        "csi.storage.k8s.io/pod.uid",
        uid,
        "csi.storage.k8s.io/serviceAccount.name",
        objects.serviceAccount(pod),
        "csi.storage.k8s.io/ephemeral",
        "false");
  }

  private static VolumeCapability capability(PersistentVolume volume, Driver driver) {
    var mode =
        AccessMode.of(volume.accessModes(), driver.finerModes())
            .orElseThrow(() ->
                new CsiException(
                    CsiException.Code.INVALID_ARGUMENT,
                    "access modes " + volume.accessModes() + " cannot be had together"));
    return new VolumeCapability(
        new VolumeCapability.Access.Mount(volume.csi().fsType(), volume.mountOptions(), ""), mode);
  }

  private static VolumeId id(CsiSource csi) {
    return new VolumeId(csi.handle());
  }

  /// A driver that was there when the step was decided.
  static Driver driver(Optional<Driver> driver, String name) {
    return driver.orElseThrow(() ->
        new CsiException(
            CsiException.Code.UNAVAILABLE, "driver " + name + " has just left this node"));
  }
}
