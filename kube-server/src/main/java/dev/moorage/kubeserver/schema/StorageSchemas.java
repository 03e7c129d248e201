package dev.moorage.kubeserver.schema;

import static dev.moorage.kubeserver.schema.Schemas.*;

import dev.moorage.kubeserver.schema.Schema.Struct;

/// The kinds of `storage.k8s.io`.
final class StorageSchemas {
  private StorageSchemas() {}

  private static final Struct TOPOLOGY_TERM =
      struct().list(struct().and(KEPT_TEXT, "key").texts("values"), "matchLabelExpressions").kept();

  static final Struct CLASS =
      object()
          .and(KEPT_TEXT, "provisioner")
          .textMaps("parameters")
          .and(Schemas.text("Delete"), "reclaimPolicy")
          .texts("mountOptions")
          .and(KEPT_TRUTH, "allowVolumeExpansion")
          .and(pointer("Immediate"), "volumeBindingMode")
          .list(TOPOLOGY_TERM, "allowedTopologies");

  private static final Struct VOLUME_ERROR =
      struct().time("time").text("message").and(KEPT_WHOLE, "errorCode").kept();

  static final Struct ATTACHMENT =
      object()
          .and(
              struct()
                  .and(KEPT_TEXT, "attacher", "nodeName")
                  .and(
                      struct()
                          .and(KEPT_TEXT, "persistentVolumeName")
                          .and(VolumeSchemas.VOLUME_SPEC.kept(), "inlineVolumeSpec"),
                      "source"),
              "spec")
          .and(
              struct()
                  .and(KEPT_TRUTH, "attached")
                  .textMaps("attachmentMetadata")
                  .and(VOLUME_ERROR, "attachError", "detachError"),
              "status");

  static final Struct DRIVER =
      object()
          .and(
              struct()
                  .and(truth(true), "attachRequired")
                  .and(truth(false), "podInfoOnMount", "storageCapacity", "requiresRepublish")
                  .and(truth(false), "seLinuxMount")
                  .and(pointer("ReadWriteOnceWithFSType"), "fsGroupPolicy")
                  .texts("volumeLifecycleModes")
                  .list(
                      struct().and(KEPT_TEXT, "audience").and(KEPT_WHOLE, "expirationSeconds"),
                      "tokenRequests")
                  .and(KEPT_WHOLE, "nodeAllocatableUpdatePeriodSeconds")
                  .and(KEPT_TRUTH, "serviceAccountTokenInSecrets", "preventPodSchedulingIfMissing")
                  .always(),
              "spec");

  static final Struct NODE =
      object()
          .and(
              struct()
                  .keyed(
                      "drivers",
                      "name",
                      struct()
                          .and(KEPT_TEXT, "name", "nodeID")
                          .texts("topologyKeys")
                          .and(struct().and(KEPT_WHOLE, "count").kept(), "allocatable")),
              "spec");

  static final Struct CAPACITY =
      object()
          .and(LABEL_SELECTOR, "nodeTopology")
          .and(KEPT_TEXT, "storageClassName")
          .and(QUANTITY, "capacity", "maximumVolumeSize");

  static final Struct ATTRIBUTES_CLASS =
      object().and(KEPT_TEXT, "driverName").textMaps("parameters");
}
