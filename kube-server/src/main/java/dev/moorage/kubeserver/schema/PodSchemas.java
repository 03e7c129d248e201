package dev.moorage.kubeserver.schema;

import static dev.moorage.kubeserver.schema.Schemas.*;

import dev.moorage.kubeserver.schema.Schema.Struct;

/// Pods: volumes, mounts and processes in full; probes, networking, affinity and device claims are
/// kept as they are.
final class PodSchemas {
  private PodSchemas() {}

  private static final long MODE_0644 = 420;

  private static final Struct KEY_TO_PATH =
      struct().and(KEPT_TEXT, "key", "path").and(KEPT_WHOLE, "mode");

  private static final Struct FIELD_REF =
      struct().and(Schemas.text("v1"), "apiVersion").and(KEPT_TEXT, "fieldPath").kept();

  private static final Struct RESOURCE_FIELD_REF =
      struct().text("containerName").and(KEPT_TEXT, "resource").and(QUANTITY, "divisor").kept();

  private static final Struct DOWNWARD_FILE =
      struct()
          .and(KEPT_TEXT, "path")
          .and(FIELD_REF, "fieldRef")
          .and(RESOURCE_FIELD_REF, "resourceFieldRef")
          .and(KEPT_WHOLE, "mode");

  private static final Struct CONFIG_MAP =
      struct()
          .text("name")
          .list(KEY_TO_PATH, "items")
          .and(Schemas.whole(MODE_0644), "defaultMode")
          .and(KEPT_TRUTH, "optional")
          .kept();

  private static final Struct SECRET =
      struct()
          .text("secretName")
          .list(KEY_TO_PATH, "items")
          .and(Schemas.whole(MODE_0644), "defaultMode")
          .and(KEPT_TRUTH, "optional")
          .kept();

  private static final Struct DOWNWARD =
      struct().list(DOWNWARD_FILE, "items").and(Schemas.whole(MODE_0644), "defaultMode").kept();

  private static final Struct PROJECTED =
      struct().open("sources").and(Schemas.whole(MODE_0644), "defaultMode").kept();

  private static final Struct EMPTY_DIR = struct().text("medium").and(QUANTITY, "sizeLimit").kept();

  private static final Struct INLINE_CSI =
      struct()
          .and(KEPT_TEXT, "driver", "fsType")
          .and(KEPT_TRUTH, "readOnly")
          .textMaps("volumeAttributes")
          .and(LOCAL_REFERENCE, "nodePublishSecretRef")
          .kept();

  private static final Struct EPHEMERAL =
      struct()
          .and(
              struct()
                  .and(OBJECT_META.always(), "metadata")
                  .and(VolumeSchemas.CLAIM_SPEC.always(), "spec")
                  .kept(),
              "volumeClaimTemplate")
          .kept();

  private static final Struct VOLUME =
      struct()
          .and(KEPT_TEXT, "name")
          .and(
              struct().and(KEPT_TEXT, "claimName").truth("readOnly").kept(),
              "persistentVolumeClaim")
          .and(EMPTY_DIR, "emptyDir")
          .and(HOST_PATH, "hostPath")
          .and(CONFIG_MAP, "configMap")
          .and(SECRET, "secret")
          .and(DOWNWARD, "downwardAPI")
          .and(PROJECTED, "projected")
          .and(INLINE_CSI, "csi")
          .and(EPHEMERAL, "ephemeral")
          .and(struct().and(KEPT_TEXT, "server", "path").truth("readOnly").kept(), "nfs")
          .open("iscsi", "fc", "rbd", "cephfs", "glusterfs", "flexVolume", "cinder", "flocker")
          .open("gcePersistentDisk", "awsElasticBlockStore", "azureDisk", "azureFile", "quobyte")
          .open("vsphereVolume", "photonPersistentDisk", "portworxVolume", "scaleIO", "storageos")
          .open("gitRepo", "image")
          .union();

  private static final Struct PORT =
      struct()
          .text("name", "hostIP")
          .whole("hostPort")
          .and(KEPT_WHOLE, "containerPort")
          .and(Schemas.text("TCP"), "protocol");

  private static final Struct KEY_SELECTOR =
      struct().text("name").and(KEPT_TEXT, "key").and(KEPT_TRUTH, "optional").kept();

  private static final Struct ENV =
      struct()
          .and(KEPT_TEXT, "name")
          .text("value")
          .and(
              struct()
                  .and(FIELD_REF, "fieldRef")
                  .and(RESOURCE_FIELD_REF, "resourceFieldRef")
                  .and(KEY_SELECTOR, "configMapKeyRef", "secretKeyRef")
                  .open("fileKeyRef")
                  .kept(),
              "valueFrom");

  private static final Struct MOUNT =
      struct()
          .and(KEPT_TEXT, "name", "mountPath")
          .truth("readOnly")
          .text("subPath", "subPathExpr")
          .and(KEPT_TEXT, "mountPropagation", "recursiveReadOnly");

  private static final Struct CONTAINER_RESOURCES =
      struct().quantities("limits", "requests").open("claims");

  private static final Struct CONTAINER =
      struct()
          .and(KEPT_TEXT, "name")
          .text("image", "workingDir", "restartPolicy")
          .texts("command", "args")
          .keyed("ports", "containerPort", PORT)
          .open("envFrom")
          .keyed("env", "name", ENV)
          .and(CONTAINER_RESOURCES.always(), "resources")
          .open("resizePolicy", "restartPolicyRules")
          .keyed("volumeMounts", "mountPath", MOUNT)
          .keyed("volumeDevices", "devicePath", struct().and(KEPT_TEXT, "name", "devicePath"))
          .open("livenessProbe", "readinessProbe", "startupProbe", "lifecycle")
          .and(Schemas.text("/dev/termination-log"), "terminationMessagePath")
          .and(Schemas.text("File"), "terminationMessagePolicy")
          .text("imagePullPolicy")
          .open("securityContext")
          .truth("stdin", "stdinOnce", "tty");

  private static final Struct TOLERATION =
      struct().text("key", "operator", "value", "effect").and(KEPT_WHOLE, "tolerationSeconds");

  private static final Struct POD_SECURITY =
      struct()
          .and(KEPT_WHOLE, "runAsUser", "runAsGroup", "fsGroup")
          .and(KEPT_TRUTH, "runAsNonRoot")
          .list(KEPT_WHOLE, "supplementalGroups")
          .and(KEPT_TEXT, "fsGroupChangePolicy", "supplementalGroupsPolicy", "seLinuxChangePolicy")
          .open("seLinuxOptions", "windowsOptions", "sysctls", "seccompProfile", "appArmorProfile")
          .always();

  private static final Struct POD_SPEC =
      struct()
          .keyed("volumes", "name", VOLUME)
          .keyed("initContainers", "name", CONTAINER)
          .keyed("containers", "name", CONTAINER)
          .keyed("ephemeralContainers", "name", CONTAINER.text("targetContainerName"))
          .and(Schemas.text("Always"), "restartPolicy")
          .and(Schemas.whole(30), "terminationGracePeriodSeconds")
          .and(KEPT_WHOLE, "activeDeadlineSeconds", "priority")
          .and(Schemas.text("ClusterFirst"), "dnsPolicy")
          .textMaps("nodeSelector")
          .text("serviceAccountName", "serviceAccount", "nodeName", "hostname", "subdomain")
          .text("priorityClassName")
          .and(KEPT_TRUTH, "automountServiceAccountToken", "shareProcessNamespace")
          .and(KEPT_TRUTH, "setHostnameAsFQDN", "hostUsers")
          .truth("hostNetwork", "hostPID", "hostIPC")
          .and(POD_SECURITY, "securityContext")
          .keyed("imagePullSecrets", "name", LOCAL_REFERENCE)
          .open("affinity", "dnsConfig", "os", "resources")
          .and(Schemas.text("default-scheduler"), "schedulerName")
          .list(TOLERATION, "tolerations")
          .keyed("hostAliases", "ip", struct().and(KEPT_TEXT, "ip").texts("hostnames"))
          .list(struct().and(KEPT_TEXT, "conditionType"), "readinessGates")
          .and(KEPT_TEXT, "runtimeClassName", "preemptionPolicy", "hostnameOverride")
          .and(Schemas.truth(true), "enableServiceLinks")
          .quantities("overhead")
          .keyed(
              "topologySpreadConstraints",
              "topologyKey",
              struct()
                  .and(KEPT_WHOLE, "maxSkew", "minDomains")
                  .and(KEPT_TEXT, "topologyKey", "whenUnsatisfiable")
                  .and(KEPT_TEXT, "nodeAffinityPolicy", "nodeTaintsPolicy")
                  .and(LABEL_SELECTOR, "labelSelector")
                  .texts("matchLabelKeys"))
          .keyed("schedulingGates", "name", struct().and(KEPT_TEXT, "name"))
          .keyed(
              "resourceClaims",
              "name",
              struct()
                  .and(KEPT_TEXT, "name", "resourceClaimName", "resourceClaimTemplateName")
                  .union())
          .open("workloadRef", "schedulingGroup");

  private static final Struct POD_STATUS =
      struct()
          .whole("observedGeneration")
          .text("phase", "message", "reason", "nominatedNodeName", "hostIP", "podIP", "qosClass")
          .text("resize")
          .keyed("conditions", "type", CoreSchemas.CONDITION)
          .keyed("hostIPs", "ip", struct().and(KEPT_TEXT, "ip"))
          .keyed("podIPs", "ip", struct().and(KEPT_TEXT, "ip"))
          .time("startTime")
          .open("initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses")
          .open("nodeAllocatableResourceClaimStatuses", "resourceClaimStatuses")
          .open("extendedResourceClaimStatus", "resources")
          .quantities("allocatedResources");

  static final Struct POD = object().and(POD_SPEC.always(), "spec").and(POD_STATUS, "status");
}
