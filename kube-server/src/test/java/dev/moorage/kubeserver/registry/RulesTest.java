package dev.moorage.kubeserver.registry;

import static dev.moorage.kubeserver.registry.Desk.json;
import static dev.moorage.kubeserver.registry.Desk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException.Reason;
import org.junit.jupiter.api.Test;

/// What each kind refuses and completes, one row per rule.
class RulesTest {
  private static final String CLAIM =
      "{'metadata':{'name':'x'},'spec':{'accessModes':['ReadWriteOnce'],"
          + "'resources':{'requests':{'storage':'1Gi'}}}}";
  private static final String VOLUME =
      "{'metadata':{'name':'x'},'spec':{'accessModes':['ReadWriteOnce'],"
          + "'capacity':{'storage':'1Gi'},'csi':{'driver':'d','volumeHandle':'h'}}}";
  private static final String POD =
      "{'metadata':{'name':'x'},'spec':{'containers':[{'name':'c','image':'i'}]}}";
  private static final String CLASS = "{'metadata':{'name':'x'},'provisioner':'p'}";
  private static final String ATTACHMENT =
      "{'metadata':{'name':'x'},'spec':{'attacher':'a','nodeName':'n',"
          + "'source':{'persistentVolumeName':'v'}}}";
  private static final String DRIVER = "{'metadata':{'name':'x'}}";
  private static final String CSI_NODE =
      "{'metadata':{'name':'x'},'spec':{'drivers':[{'name':'d','nodeID':'i'}]}}";
  private static final String CAPACITY =
      "{'metadata':{'name':'x'},'storageClassName':'s','capacity':'1Gi'}";
  private static final String SECRET =
      "{'metadata':{'name':'x'},'type':'Opaque','data':{'k':'c2VjcmV0'}}";

  private final Desk desk = new Desk();

  @Test
  void an_invalid_claim_is_refused() {
    invalid(
        Kinds.CLAIM,
        "spec.accessModes",
        "[]",
        "spec.accessModes: Required value: at least 1 access mode is required");
    invalid(
        Kinds.CLAIM,
        "spec.accessModes",
        "['Often']",
        "spec.accessModes: Unsupported value: \"Often\": supported "
            + "values: \"ReadOnlyMany\", \"ReadWriteMany\", "
            + "\"ReadWriteOnce\", \"ReadWriteOncePod\"");
    invalid(
        Kinds.CLAIM,
        "spec.accessModes",
        "['ReadWriteOncePod','ReadWriteOnce']",
        "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes");
    invalid(Kinds.CLAIM, "spec.resources", "{}", "spec.resources[storage]: Required value");
    invalid(
        Kinds.CLAIM,
        "spec.resources.requests.storage",
        "'0'",
        "spec.resources[storage]: Invalid value: \"0\": must be greater than zero");
    invalid(
        Kinds.CLAIM,
        "spec.volumeMode",
        "'Tape'",
        "spec.volumeMode: Unsupported value: \"Tape\": supported "
            + "values: \"Block\", \"Filesystem\"");
    invalid(
        Kinds.CLAIM,
        "metadata.name",
        "'A_b'",
        "metadata.name: Invalid value: \"A_b\": a lowercase RFC 1123 "
            + "subdomain must consist of lower case alphanumeric "
            + "characters, '-' or '.', and must start and end with an "
            + "alphanumeric character");
    invalid(
        Kinds.CLAIM,
        "metadata.name",
        "''",
        "metadata.name: Required value: name or generateName is required");
    invalid(
        Kinds.CLAIM,
        "metadata.labels",
        "{'a b':'c'}",
        "metadata.labels: Invalid value: \"a b\": name part must "
            + "consist of alphanumeric characters");
    invalid(
        Kinds.CLAIM,
        "metadata.labels",
        "{'a':'b c'}",
        "metadata.labels: Invalid value: \"b c\": a valid label must be");
    invalid(
        Kinds.CLAIM,
        "metadata.finalizers",
        "['mine']",
        "metadata.finalizers[0]: Invalid value: \"mine\": name is "
            + "neither a standard finalizer name nor is it fully qualified");
    invalid(
        Kinds.CLAIM,
        "metadata.ownerReferences",
        "[{'apiVersion':'v1','kind':'Pod','name':'p'}]",
        "metadata.ownerReferences.uid: Invalid value: \"\": must not be empty");
  }

  @Test
  void an_invalid_volume_is_refused() {
    invalid(Kinds.VOLUME, "spec.csi", "{}", "spec.csi.driver: Required value");
    invalid(Kinds.VOLUME, "spec.csi", "null", "spec: Required value: must specify a volume type");
    invalid(
        Kinds.VOLUME,
        "spec.nfs",
        "{'server':'s','path':'/'}",
        "spec.csi: Forbidden: may not specify more than 1 volume type");
    invalid(Kinds.VOLUME, "spec.capacity", "{}", "spec.capacity: Required value");
    invalid(
        Kinds.VOLUME,
        "spec.persistentVolumeReclaimPolicy",
        "'Burn'",
        "spec.persistentVolumeReclaimPolicy: Unsupported value: \"Burn\"");
  }

  @Test
  void an_invalid_storage_class_is_refused() {
    invalid(Kinds.STORAGE_CLASS, "provisioner", "''", "provisioner: Required value");
    invalid(
        Kinds.STORAGE_CLASS,
        "reclaimPolicy",
        "'Recycle'",
        "reclaimPolicy: Unsupported value: \"Recycle\": supported "
            + "values: \"Delete\", \"Retain\"");
    invalid(
        Kinds.STORAGE_CLASS,
        "volumeBindingMode",
        "'Later'",
        "volumeBindingMode: Unsupported value: \"Later\"");
  }

  @Test
  void an_invalid_attachment_is_refused() {
    invalid(Kinds.ATTACHMENT, "spec.attacher", "''", "spec.attacher: Required value");
    invalid(
        Kinds.ATTACHMENT,
        "spec.source",
        "{}",
        "spec.source: Required value: must specify exactly one of");
  }

  @Test
  void an_invalid_csi_node_is_refused() {
    invalid(
        Kinds.CSI_NODE,
        "spec.drivers",
        "[{'name':'d','nodeID':''}]",
        "spec.drivers[0].nodeID: Required value");
    invalid(
        Kinds.CSI_NODE,
        "spec.drivers",
        "[{'name':'d','nodeID':'i'},{'name':'d','nodeID':'j'}]",
        "spec.drivers[1].name: Duplicate value: \"d\"");
  }

  @Test
  void an_invalid_driver_is_refused() {
    invalid(
        Kinds.CSI_DRIVER,
        "spec.fsGroupPolicy",
        "'Some'",
        "spec.fsGroupPolicy: Unsupported value: \"Some\"");
  }

  @Test
  void an_invalid_capacity_is_refused() {
    invalid(
        Kinds.CAPACITY,
        "storageClassName",
        "''",
        "storageClassName: Invalid value: \"\": a lowercase RFC 1123 subdomain");
  }

  @Test
  void an_invalid_pod_is_refused() {
    invalid(Kinds.POD, "spec.containers", "[]", "spec.containers: Required value");
    invalid(
        Kinds.POD, "spec.containers", "[{'name':'c'}]", "spec.containers[0].image: Required value");
    invalid(
        Kinds.POD,
        "spec.restartPolicy",
        "'Maybe'",
        "spec.restartPolicy: Unsupported value: \"Maybe\": supported "
            + "values: \"Always\", \"OnFailure\", \"Never\"");
    invalid(
        Kinds.POD,
        "spec.containers",
        "[{'name':'c','image':'i','volumeMounts':[{'name':'v','mountPath':'/x'}]}]",
        "spec.containers[0].volumeMounts[0].name: Not found: \"v\"");
    invalid(
        Kinds.POD,
        "spec.volumes",
        "[{'name':'v','emptyDir':{},'hostPath':{'path':'/'}}]",
        "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type");
    invalid(
        Kinds.POD,
        "spec.volumes",
        "[{'name':'v'},{'name':'v'}]",
        "spec.volumes[1].name: Duplicate value: \"v\"");
  }

  @Test
  void an_invalid_node_is_refused() {
    invalid(
        Kinds.NODE,
        "spec.taints",
        "[{'key':'k','effect':'Whatever'}]",
        "metadata.taints[0].effect: Unsupported value: \"Whatever\"");
  }

  @Test
  void an_invalid_secret_is_refused() {
    invalid(
        Kinds.SECRET,
        "data",
        "{'a b':''}",
        "data[a b]: Invalid value: \"a b\": a valid config key");
  }

  private static void invalid(Kind<?> kind, String path, String value, String message) {
    var object = json(example(kind)).with(json(value), path.split("\\."));
    var refusal =
        refused(Reason.Invalid, message, () -> new Desk().create(kind, Desk.text(object)));
    assertThat(refusal.about().kind()).isEqualTo(kind.name());
    assertThat(refusal.code()).isEqualTo(422);
  }

  @Test
  void only_some_fields_of_a_claim_may_change() {
    allowed(Kinds.CLAIM, "{'spec':{'volumeName':'v'}}");
    allowed(Kinds.CLAIM, "{'spec':{'storageClassName':'s'}}");
    allowed(Kinds.CLAIM, "{'metadata':{'labels':{'a':'b'}}}");
    fixed(
        Kinds.CLAIM,
        "{'spec':{'resources':{'requests':{'storage':'2Gi'}}}}",
        "spec: Forbidden: spec is immutable after creation except "
            + "resources.requests and volumeAttributesClassName for bound "
            + "claims");
    fixed(Kinds.CLAIM, "{'spec':{'volumeMode':'Block'}}", "spec: Forbidden");
  }

  @Test
  void only_some_fields_of_a_volume_may_change() {
    allowed(
        Kinds.VOLUME,
        "{'spec':{'capacity':{'storage':'2Gi'},"
            + "'claimRef':{'name':'c','namespace':'default'}}}");
    allowed(Kinds.VOLUME, "{'spec':{'mountOptions':['noatime'],'storageClassName':'s'}}");
    allowed(
        Kinds.VOLUME,
        "{'spec':{'csi':{'controllerExpandSecretRef':{'name':'s','namespace':'default'}}}}");
    fixed(
        Kinds.VOLUME,
        "{'spec':{'csi':{'volumeHandle':'other'}}}",
        "spec.persistentvolumesource: Forbidden: "
            + "spec.persistentvolumesource is immutable after creation");
    fixed(
        Kinds.VOLUME,
        "{'spec':{'volumeMode':'Block'}}",
        "volumeMode: Invalid value: \"Block\": field is immutable");
  }

  @Test
  void only_some_fields_of_a_class_may_change() {
    allowed(Kinds.STORAGE_CLASS, "{'allowVolumeExpansion':true,'mountOptions':['noatime']}");
    fixed(
        Kinds.STORAGE_CLASS,
        "{'parameters':{'a':'b'}}",
        "parameters: Invalid value: {\"a\":\"b\"}: field is immutable");
    fixed(
        Kinds.STORAGE_CLASS,
        "{'provisioner':'q'}",
        "provisioner: Invalid value: \"q\": field is immutable");
    fixed(
        Kinds.STORAGE_CLASS,
        "{'reclaimPolicy':'Retain'}",
        "reclaimPolicy: Invalid value: \"Retain\": field is immutable");
    fixed(
        Kinds.STORAGE_CLASS,
        "{'volumeBindingMode':'WaitForFirstConsumer'}",
        "volumeBindingMode: Invalid value: \"WaitForFirstConsumer\": field is immutable");
  }

  @Test
  void only_some_fields_of_a_attachment_may_change() {
    fixed(
        Kinds.ATTACHMENT,
        "{'spec':{'nodeName':'m'}}",
        "spec: Invalid value: {\"attacher\":\"a\",\"nodeName\":\"m\"");
  }

  @Test
  void only_some_fields_of_a_driver_may_change() {
    allowed(Kinds.CSI_DRIVER, "{'spec':{'storageCapacity':true}}");
    fixed(
        Kinds.CSI_DRIVER,
        "{'spec':{'attachRequired':false}}",
        "spec.attachedRequired: Invalid value: false: field is immutable");
  }

  @Test
  void only_some_fields_of_a_csi_node_may_change() {
    allowed(
        Kinds.CSI_NODE,
        "{'spec':{'drivers':[{'name':'d','nodeID':'i','allocatable':{'count':5}}]}}");
    allowed(Kinds.CSI_NODE, "{'spec':{'drivers':[{'name':'e','nodeID':'i'}]}}");
    fixed(
        Kinds.CSI_NODE,
        "{'spec':{'drivers':[{'name':'d','nodeID':'j'}]}}",
        "spec.drivers: Invalid value: {\"name\":\"d\",\"nodeID\":\"j\"}: field is immutable");
  }

  @Test
  void only_some_fields_of_a_capacity_may_change() {
    allowed(Kinds.CAPACITY, "{'capacity':'2Gi'}");
    fixed(
        Kinds.CAPACITY,
        "{'storageClassName':'t'}",
        "storageClassName: Invalid value: \"t\": field is immutable");
  }

  @Test
  void only_some_fields_of_a_secret_may_change() {
    allowed(Kinds.SECRET, "{'data':{'k':'b3RoZXI='}}");
    fixed(Kinds.SECRET, "{'type':'other'}", "type: Invalid value: \"other\": field is immutable");
  }

  @Test
  void only_some_fields_of_a_pod_may_change() {
    allowed(Kinds.POD, "{'spec':{'activeDeadlineSeconds':5}}");
    allowed(Kinds.POD, "{'spec':{'tolerations':[{'operator':'Exists'}]}}");
    allowed(Kinds.POD, "{'spec':{'containers':[{'name':'c','image':'j'}]}}");
    fixed(
        Kinds.POD,
        "{'spec':{'nodeName':'n'}}",
        "spec: Forbidden: pod updates may not change fields other than");
    fixed(
        Kinds.POD,
        "{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}",
        "spec: Forbidden: pod updates may not change fields other than");
  }

  private static void allowed(Kind<?> kind, String patch) {
    change(kind, patch);
  }

  private static void fixed(Kind<?> kind, String patch, String message) {
    refused(Reason.Invalid, message, () -> change(kind, patch));
  }

  private static void change(Kind<?> kind, String patch) {
    var desk = new Desk();
    desk.create(kind, example(kind));
    desk.merge(kind, kind.namespaced() ? "default/x" : "x", patch);
  }

  @Test
  void an_immutable_secret_is_frozen() {
    desk.create(Kinds.SECRET, SECRET.replace("'type'", "'immutable':true,'type'"));
    var refusal =
        refused(
            Reason.Invalid,
            "data: Forbidden: field is immutable when `immutable` is set",
            () -> desk.merge(Kinds.SECRET, "default/x", "{'data':{'k':'b3RoZXI='}}"));
    assertThat(refusal.getMessage()).doesNotContain("b3RoZXI").doesNotContain("c2VjcmV0");
    refused(
        Reason.Invalid,
        "immutable: Forbidden",
        () -> desk.merge(Kinds.SECRET, "default/x", "{'immutable':false}"));
  }

  @Test
  void string_data_goes_into_data() {
    var secret = desk.create(Kinds.SECRET, "{'metadata':{'name':'x'},'stringData':{'k':'secret'}}");
    assertThat(secret.text("data", "k")).isEqualTo("c2VjcmV0");
    assertThat(secret.at("stringData").isNothing()).isTrue();
    assertThat(secret.text("type")).isEqualTo("Opaque");
  }

  @Test
  void a_claim_shrinks_to_above_what_was_granted_and_no_further() {
    desk.create(
        Kinds.STORAGE_CLASS,
        CLASS.replace("'provisioner'", "'allowVolumeExpansion':true,'provisioner'"));
    desk.create(Kinds.CLAIM, CLAIM.replace("'spec':{", "'spec':{'storageClassName':'x',"));
    desk.mergeStatus(
        Kinds.CLAIM, "default/x", "{'status':{'phase':'Bound','capacity':{'storage':'1Gi'}}}");
    desk.merge(Kinds.CLAIM, "default/x", request("4Gi"));
    desk.merge(Kinds.CLAIM, "default/x", request("2Gi"));
    for (String size : new String[] {"1Gi", "512Mi"})
      refused(
          Reason.Invalid,
          "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity",
          () -> desk.merge(Kinds.CLAIM, "default/x", request(size)));
  }

  private static String request(String size) {
    return "{'spec':{'resources':{'requests':{'storage':'" + size + "'}}}}";
  }

  @Test
  void a_bound_claim_without_a_class_does_not_grow() {
    desk.create(Kinds.CLAIM, CLAIM);
    desk.mergeStatus(Kinds.CLAIM, "default/x", "{'status':{'phase':'Bound'}}");
    refused(
        Reason.Forbidden,
        "persistentvolumeclaims \"x\" is forbidden: only dynamically provisioned pvc can be"
            + " resized",
        () -> desk.merge(Kinds.CLAIM, "default/x", request("2Gi")));
  }

  @Test
  void claims_and_volumes_are_protected_from_the_start() {
    assertThat(desk.create(Kinds.CLAIM, CLAIM).textList("metadata", "finalizers"))
        .containsExactly("kubernetes.io/pvc-protection");
    assertThat(desk.create(Kinds.VOLUME, VOLUME).textList("metadata", "finalizers"))
        .containsExactly("kubernetes.io/pv-protection");
  }

  @Test
  void a_claim_without_a_class_gets_the_default_one() {
    desk.create(Kinds.STORAGE_CLASS, CLASS);
    assertThat(desk.create(Kinds.CLAIM, CLAIM).at("spec", "storageClassName").isNothing()).isTrue();
    desk.create(
        Kinds.STORAGE_CLASS,
        "{'metadata':{'name':'main','annotations':"
            + "{'storageclass.kubernetes.io/is-default-class':'true'}},'provisioner':'p'}");
    var claim = desk.create(Kinds.CLAIM, CLAIM.replace("'name':'x'", "'name':'y'"));
    assertThat(claim.text("spec", "storageClassName")).isEqualTo("main");
    var none =
        desk.create(
            Kinds.CLAIM,
            CLAIM
                .replace("'name':'x'", "'name':'z'")
                .replace("'spec':{", "'spec':{'storageClassName':'',"));
    assertThat(none.at("spec", "storageClassName")).isEqualTo(json("''"));
  }

  @Test
  void a_data_source_is_told_in_both_ways() {
    var claim =
        desk.create(
            Kinds.CLAIM,
            CLAIM.replace(
                "'spec':{", "'spec':{'dataSource':{'kind':'PersistentVolumeClaim','name':'old'},"));
    assertThat(claim.at("spec", "dataSourceRef"))
        .isEqualTo(json("{'kind':'PersistentVolumeClaim','name':'old'}"));
    var dropped =
        desk.create(
            Kinds.CLAIM,
            CLAIM
                .replace("'name':'x'", "'name':'y'")
                .replace("'spec':{", "'spec':{'dataSource':{'kind':'Tape','name':'old'},"));
    assertThat(dropped.at("spec", "dataSource").isNothing()).isTrue();
  }

  @Test
  void statuses_sent_with_a_create_are_dropped_but_for_nodes() {
    assertThat(
            desk.create(Kinds.CLAIM, CLAIM.replace("'spec'", "'status':{'phase':'Bound'},'spec'"))
                .at("status"))
        .isEqualTo(json("{'phase':'Pending'}"));
    assertThat(
            desk.create(
                    Kinds.ATTACHMENT,
                    ATTACHMENT.replace("'spec'", "'status':{'attached':true},'spec'"))
                .at("status"))
        .isEqualTo(json("{'attached':false}"));
    assertThat(
            desk.create(Kinds.VOLUME, VOLUME.replace("'spec'", "'status':{'phase':'Bound'},'spec'"))
                .text("status", "phase"))
        .isEqualTo("Pending");
    assertThat(
            desk.create(Kinds.NODE, "{'metadata':{'name':'n'},'status':{'volumesInUse':['v']}}")
                .textList("status", "volumesInUse"))
        .containsExactly("v");
  }

  @Test
  void a_volume_notes_when_its_phase_changed() {
    desk.create(Kinds.VOLUME, VOLUME);
    var volume = desk.mergeStatus(Kinds.VOLUME, "x", "{'status':{'phase':'Available'}}");
    assertThat(volume.text("status", "lastPhaseTransitionTime")).isNotEmpty();
  }

  @Test
  void a_pod_is_completed() {
    var pod = desk.create(Kinds.POD, POD);
    assertThat(pod.at("status")).isEqualTo(json("{'phase':'Pending','qosClass':'BestEffort'}"));
    assertThat(pod.number(0, "metadata", "generation")).isEqualTo(1);
    assertThat(pod.at("spec"))
        .isEqualTo(
            json(
                "{'containers':[{'name':'c','image':'i','resources':{},'imagePullPolicy':'Always',"
                    + "'terminationMessagePath':'/dev/termination-log',"
                    + "'terminationMessagePolicy':'File'}],'restartPolicy':'Always',"
                    + "'terminationGracePeriodSeconds':30,'dnsPolicy':'ClusterFirst',"
                    + "'serviceAccountName':'default','serviceAccount':'default',"
                    + "'securityContext':{},'schedulerName':'default-scheduler',"
                    + "'enableServiceLinks':true}"));
  }

  @Test
  void a_driver_is_completed() {
    assertThat(desk.create(Kinds.CSI_DRIVER, DRIVER).at("spec"))
        .isEqualTo(
            json(
                "{'attachRequired':true,'podInfoOnMount':false,'storageCapacity':false,"
                    + "'requiresRepublish':false,'seLinuxMount':false,"
                    + "'fsGroupPolicy':'ReadWriteOnceWithFSType',"
                    + "'volumeLifecycleModes':['Persistent']}"));
  }

  @Test
  void an_event_lives_in_the_namespace_of_its_object() {
    var event =
        "{'metadata':{'name':'e','namespace':'default'},"
            + "'involvedObject':{'kind':'Pod','name':'p','namespace':'elsewhere'}}";
    refused(
        Reason.Invalid,
        "Event \"e\" is invalid: involvedObject.namespace: Invalid value: \"elsewhere\": does not"
            + " match event.namespace",
        () -> desk.create(Kinds.EVENT, event));
    desk.create(Kinds.EVENT, event.replace("elsewhere", "default"));
    desk.create(
        Kinds.EVENT,
        "{'metadata':{'name':'f','namespace':'default'},"
            + "'involvedObject':{'kind':'Node','name':'n'}}");
  }

  @Test
  void several_problems_are_told_at_once() {
    var refusal =
        refused(
            Reason.Invalid,
            "VolumeAttachment.storage.k8s.io \"x\" is invalid: [spec.attacher: Required value,"
                + " spec.nodeName: Invalid value: \"\": a lowercase RFC 1123 subdomain",
            () ->
                desk.create(
                    Kinds.ATTACHMENT,
                    "{'metadata':{'name':'x'},'spec':{'source':{'persistentVolumeName':'v'}}}"));
    assertThat(refusal.causes()).hasSize(2);
  }

  private static String example(Kind<?> kind) {
    return switch (kind.name()) {
      case "PersistentVolumeClaim" -> CLAIM;
      case "PersistentVolume" -> VOLUME;
      case "Pod" -> POD;
      case "StorageClass" -> CLASS;
      case "VolumeAttachment" -> ATTACHMENT;
      case "CSIDriver" -> DRIVER;
      case "CSINode" -> CSI_NODE;
      case "CSIStorageCapacity" -> CAPACITY;
      case "Secret" -> SECRET;
      default -> "{'metadata':{'name':'x'}}";
    };
  }
}
