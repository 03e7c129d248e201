package dev.moorage.kube;

import java.util.List;

/// The kinds that Moorage serves; those that no room works with are read as trees.
public final class Kinds {
  private Kinds() {}

  private static final String STORAGE = "storage.k8s.io";
  private static final String COORDINATION = "coordination.k8s.io";

  public static final Kind<Raw> NAMESPACE =
      new Kind<>("", "v1", "Namespace", "namespaces", false, Raw::of);
  public static final Kind<Pod> POD = new Kind<>("", "v1", "Pod", "pods", true, Pod::of);
  public static final Kind<Node> NODE = new Kind<>("", "v1", "Node", "nodes", false, Node::of);
  public static final Kind<PersistentVolumeClaim> CLAIM =
      new Kind<>(
          "",
          "v1",
          "PersistentVolumeClaim",
          "persistentvolumeclaims",
          true,
          PersistentVolumeClaim::of);
  public static final Kind<PersistentVolume> VOLUME =
      new Kind<>("", "v1", "PersistentVolume", "persistentvolumes", false, PersistentVolume::of);
  public static final Kind<Event> EVENT = new Kind<>("", "v1", "Event", "events", true, Event::of);
  public static final Kind<SecretObject> SECRET =
      new Kind<>("", "v1", "Secret", "secrets", true, SecretObject::of);
  public static final Kind<Raw> CONFIG_MAP =
      new Kind<>("", "v1", "ConfigMap", "configmaps", true, Raw::of);
  public static final Kind<Raw> SERVICE_ACCOUNT =
      new Kind<>("", "v1", "ServiceAccount", "serviceaccounts", true, Raw::of);
  public static final Kind<Raw> LEASE =
      new Kind<>(COORDINATION, "v1", "Lease", "leases", true, Raw::of);
  public static final Kind<StorageClass> STORAGE_CLASS =
      new Kind<>(STORAGE, "v1", "StorageClass", "storageclasses", false, StorageClass::of);
  public static final Kind<VolumeAttachment> ATTACHMENT =
      new Kind<>(
          STORAGE, "v1", "VolumeAttachment", "volumeattachments", false, VolumeAttachment::of);
  public static final Kind<CsiDriver> CSI_DRIVER =
      new Kind<>(STORAGE, "v1", "CSIDriver", "csidrivers", false, CsiDriver::of);
  public static final Kind<CsiNode> CSI_NODE =
      new Kind<>(STORAGE, "v1", "CSINode", "csinodes", false, CsiNode::of);
  public static final Kind<StorageCapacity> CAPACITY =
      new Kind<>(
          STORAGE, "v1", "CSIStorageCapacity", "csistoragecapacities", true, StorageCapacity::of);

  public static final Kind<Raw> ATTRIBUTES_CLASS =
      new Kind<>(STORAGE, "v1", "VolumeAttributesClass", "volumeattributesclasses", false, Raw::of);

  /// All of them, in the order in which a person would list them.
  public static final List<Kind<?>> ALL =
      List.of(
          NAMESPACE,
          POD,
          NODE,
          CLAIM,
          VOLUME,
          EVENT,
          SECRET,
          CONFIG_MAP,
          SERVICE_ACCOUNT,
          STORAGE_CLASS,
          ATTACHMENT,
          CSI_DRIVER,
          CSI_NODE,
          CAPACITY,
          ATTRIBUTES_CLASS,
          LEASE);
}
