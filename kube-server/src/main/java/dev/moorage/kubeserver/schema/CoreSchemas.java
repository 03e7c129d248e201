package dev.moorage.kubeserver.schema;

import static dev.moorage.kubeserver.schema.Schemas.*;

import dev.moorage.kubeserver.schema.Schema.Struct;

/// Namespaces, nodes, events, secrets, config maps, service accounts and leases.
final class CoreSchemas {
  private CoreSchemas() {}

  static final Struct CONDITION =
      struct()
          .and(KEPT_TEXT, "type", "status")
          .whole("observedGeneration")
          .time("lastTransitionTime", "lastHeartbeatTime", "lastProbeTime")
          .text("reason", "message");

  static final Struct NAMESPACE =
      object()
          .and(struct().texts("finalizers"), "spec")
          .and(struct().text("phase").keyed("conditions", "type", CONDITION), "status");

  private static final Struct TAINT =
      struct().and(KEPT_TEXT, "key", "effect").text("value").time("timeAdded");

  private static final Struct NODE_SPEC =
      struct()
          .text("podCIDR", "externalID", "providerID")
          .and(TEXT_SET, "podCIDRs")
          .truth("unschedulable")
          .list(TAINT, "taints")
          .open("configSource");

  private static final Struct NODE_STATUS =
      struct()
          .quantities("capacity", "allocatable")
          .text("phase")
          .keyed("conditions", "type", CONDITION)
          .keyed("addresses", "type", struct().and(KEPT_TEXT, "type", "address"))
          .open("daemonEndpoints", "nodeInfo", "images", "config", "runtimeHandlers", "features")
          .open("declaredFeatures")
          .texts("volumesInUse")
          .list(struct().and(KEPT_TEXT, "name", "devicePath"), "volumesAttached");

  static final Struct NODE = object().and(NODE_SPEC.always(), "spec").and(NODE_STATUS, "status");

  static final Struct EVENT =
      object()
          .and(OBJECT_REFERENCE, "involvedObject", "related")
          .text("reason", "message", "type", "action")
          .and(pointer(""), "reportingComponent", "reportingInstance")
          .and(struct().text("component", "host"), "source")
          .time("firstTimestamp", "lastTimestamp")
          .and(MICRO_TIME, "eventTime")
          .whole("count")
          .and(struct().whole("count").and(MICRO_TIME, "lastObservedTime").kept(), "series");

  static final Struct SECRET =
      object()
          .and(KEPT_TRUTH, "immutable")
          .and(BYTES_MAP, "data")
          .textMaps("stringData")
          .and(Schemas.text("Opaque"), "type");

  static final Struct CONFIG_MAP =
      object().and(KEPT_TRUTH, "immutable").textMaps("data").and(BYTES_MAP, "binaryData");

  static final Struct SERVICE_ACCOUNT =
      object()
          .keyed("secrets", "name", OBJECT_REFERENCE)
          .list(LOCAL_REFERENCE, "imagePullSecrets")
          .and(KEPT_TRUTH, "automountServiceAccountToken");

  static final Struct LEASE =
      object()
          .and(
              struct()
                  .and(KEPT_TEXT, "holderIdentity", "strategy", "preferredHolder")
                  .and(KEPT_WHOLE, "leaseDurationSeconds", "leaseTransitions")
                  .and(MICRO_TIME, "acquireTime", "renewTime"),
              "spec");
}
