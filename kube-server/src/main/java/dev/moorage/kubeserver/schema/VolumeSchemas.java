package dev.moorage.kubeserver.schema;

import static dev.moorage.kubeserver.schema.Schemas.*;

import dev.moorage.kubeserver.schema.Schema.Struct;

/// Claims and volumes.
final class VolumeSchemas {
  private VolumeSchemas() {}

  private static final Struct RESOURCES = struct().quantities("requests", "limits");

  private static final Struct DATA_SOURCE =
      struct().and(KEPT_TEXT, "apiGroup").text("kind", "name").kept();

  static final Struct CLAIM_SPEC =
      struct()
          .texts("accessModes")
          .and(LABEL_SELECTOR, "selector")
          .and(RESOURCES, "resources")
          .text("volumeName")
          .and(KEPT_TEXT, "storageClassName", "volumeAttributesClassName")
          .and(pointer("Filesystem"), "volumeMode")
          .and(DATA_SOURCE, "dataSource")
          .and(DATA_SOURCE.and(KEPT_TEXT, "namespace"), "dataSourceRef");

  static final Struct CLAIM_STATUS =
      struct()
          .text("phase")
          .texts("accessModes")
          .quantities("capacity", "allocatedResources")
          .textMaps("allocatedResourceStatuses")
          .keyed("conditions", "type", CoreSchemas.CONDITION)
          .and(KEPT_TEXT, "currentVolumeAttributesClassName")
          .and(
              struct().text("targetVolumeAttributesClassName").and(KEPT_TEXT, "status").kept(),
              "modifyVolumeStatus");

  static final Struct CLAIM = object().and(CLAIM_SPEC.always(), "spec").and(CLAIM_STATUS, "status");

  private static final Struct CSI =
      struct()
          .and(KEPT_TEXT, "driver", "volumeHandle")
          .truth("readOnly")
          .text("fsType")
          .textMaps("volumeAttributes")
          .and(
              SECRET_REFERENCE,
              "controllerPublishSecretRef",
              "nodeStageSecretRef",
              "nodePublishSecretRef",
              "controllerExpandSecretRef",
              "nodeExpandSecretRef")
          .kept();

  /// The sources of a PersistentVolume; only one of them may be there. Those that Moorage never
  /// looks into are kept as they are.
  static final Struct VOLUME_SOURCES =
      struct()
          .and(CSI, "csi")
          .and(HOST_PATH, "hostPath")
          .and(struct().and(KEPT_TEXT, "path", "fsType").kept(), "local")
          .and(struct().and(KEPT_TEXT, "server", "path").truth("readOnly").kept(), "nfs")
          .open("iscsi", "fc", "rbd", "cephfs", "glusterfs", "flexVolume", "cinder", "flocker")
          .open("gcePersistentDisk", "awsElasticBlockStore", "azureDisk", "azureFile", "quobyte")
          .open("vsphereVolume", "photonPersistentDisk", "portworxVolume", "scaleIO", "storageos");

  static final Struct VOLUME_SPEC =
      struct()
          .quantities("capacity")
          .and(VOLUME_SOURCES)
          .texts("accessModes", "mountOptions")
          .and(OBJECT_REFERENCE, "claimRef")
          .and(Schemas.text("Retain"), "persistentVolumeReclaimPolicy")
          .text("storageClassName")
          .and(KEPT_TEXT, "volumeAttributesClassName")
          .and(pointer("Filesystem"), "volumeMode")
          .and(struct().and(NODE_SELECTOR, "required").kept(), "nodeAffinity");

  static final Struct VOLUME =
      object()
          .and(VOLUME_SPEC.always(), "spec")
          .and(
              struct().text("phase", "message", "reason").time("lastPhaseTransitionTime"),
              "status");
}
