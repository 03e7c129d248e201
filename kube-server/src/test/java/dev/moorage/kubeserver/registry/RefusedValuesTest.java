package dev.moorage.kubeserver.registry;

import static dev.moorage.kubeserver.registry.Desk.json;
import static dev.moorage.kubeserver.registry.Desk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.Writing;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values that a real API server refuses, field by field; each row was seen on one. Columns: kind,
/// path of the value in an object that is otherwise fine, the value, and how the message goes on
/// after the kind and name. Three dots end a message that is longer.
class RefusedValuesTest {
  private static final String META = "'metadata':{'name':'x'},";

  private static final Map<String, String> EXAMPLES =
      Map.ofEntries(
          Map.entry(
              "persistentvolumeclaims",
              "'spec':{'accessModes':['ReadWriteOnce'],"
                  + "'resources':{'requests':{'storage':'1Gi'}}}"),
          Map.entry(
              "persistentvolumes",
              "'spec':{'accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},"
                  + "'csi':{'driver':'d','volumeHandle':'h'}}"),
          Map.entry(
              "pods",
              "'spec':{'containers':[{'name':'c','image':'i'}],"
                  + "'volumes':[{'name':'v','emptyDir':{}}]}"),
          Map.entry("storageclasses", "'provisioner':'p'"),
          Map.entry(
              "volumeattachments",
              "'spec':{'attacher':'a','nodeName':'n','source':{'persistentVolumeName':'v'}}"),
          Map.entry("csidrivers", "'spec':{}"),
          Map.entry("csinodes", "'spec':{'drivers':[{'name':'d','nodeID':'i'}]}"),
          Map.entry("csistoragecapacities", "'storageClassName':'s'"),
          Map.entry("secrets", "'type':'Opaque'"),
          Map.entry("nodes", "'spec':{}"),
          Map.entry("namespaces", "'spec':{}"));

  private static Kind<?> kind(String plural) {
    return Kinds.ALL.stream().filter(one -> one.plural().equals(plural)).findFirst().orElseThrow();
  }

  private static Tree object(String plural, String path, String value) {
    var example = json("{" + META + EXAMPLES.get(plural) + "}");
    return example.with(json(value), path.split("\\."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          secrets | metadata.labels | {'a/b/c':'x'} | metadata.labels: Invalid value: "a/b/c": a valid label key must consist of...
          secrets | metadata.labels | {'/a':'x'} | metadata.labels: Invalid value: "/a": prefix part must be non-empty
          secrets | metadata.labels | {'':'x'} | [metadata.labels: Invalid value: "": name part must be non-empty, metadata.labels: Invalid value: "": name part must consist...
          secrets | metadata.labels | {'A.b/c':'x'} | metadata.labels: Invalid value: "A.b/c": prefix part a lowercase RFC 1123 subdomain must...
          secrets | metadata.finalizers | ['a b/c'] | metadata.finalizers: Invalid value: "a b/c": prefix part a lowercase...
          secrets | metadata.ownerReferences | [{'apiVersion':'a/b/c','kind':'K','name':'n','uid':'u'}] | metadata.ownerReferences.apiVersion: Invalid value: "a/b/c": version must not be empty
          secrets | metadata.ownerReferences | [{'apiVersion':'v1','kind':'Event','name':'n','uid':'u'}] | metadata.ownerReferences: Invalid value: {"apiVersion":"v1","kind":"Event","name":"n","uid":"u"}: /v1, Kind=Event is disallowed from being an owner
          secrets | metadata.generateName | 'Gen-' | metadata.generateName: Invalid value: "Gen-": a lowercase RFC 1123 subdomain...
          secrets | metadata.generation | -1 | metadata.generation: Invalid value: -1: must be greater than or equal to 0
          namespaces | metadata.name | 'a.b' | metadata.name: Invalid value: "a.b": must not contain dots
          namespaces | spec.finalizers | ['nope'] | spec.finalizers: Invalid value: "nope": name is neither a standard finalizer name nor is it fully qualified
          """)
  void metadata(String plural, String path, String value, String message) {
    refusedWith(plural, path, value, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          persistentvolumeclaims | spec.volumeMode | '' | spec.volumeMode: Unsupported value: "": supported values: "Block", "Filesystem"
          persistentvolumeclaims | spec.resources.requests.storage | '-1Gi' | spec.resources[storage]: Invalid value: "-1Gi": must be greater than zero
          persistentvolumeclaims | spec.selector | {'matchLabels':{'a b':'x'}} | spec.selector.matchLabels: Invalid value: "a b": name part must consist...
          persistentvolumeclaims | spec.selector | {'matchExpressions':[{'key':'a','operator':'Bad'}]} | spec.selector.matchExpressions[0].operator: Invalid value: "Bad": not a valid selector operator
          persistentvolumeclaims | spec.selector | {'matchExpressions':[{'key':'a','operator':'In'}]} | spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'
          persistentvolumeclaims | spec.selector | {'matchExpressions':[{'key':'a','operator':'Exists','values':['x']}]} | spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'
          persistentvolumeclaims | spec.dataSource | {'kind':'PersistentVolumeClaim'} | [spec.dataSource.name: Required value, spec.dataSourceRef.name: Required value]
          persistentvolumeclaims | spec.dataSourceRef | {'kind':'Other','name':'a'} | [spec.dataSource: Invalid value: "Other": must be 'PersistentVolumeClaim' when referencing the default apiGroup, spec.dataSourceRef: Invalid value: "Other": must be 'PersistentVolumeClaim' when referencing the default apiGroup]
          persistentvolumeclaims | spec.volumeAttributesClassName | 'A_b' | spec.volumeAttributesClassName: Invalid value: "A_b": a lowercase...
          persistentvolumes | spec.csi.driver | 'Bad!' | spec.csi.driver: Invalid value: "Bad!": a lowercase...
          persistentvolumes | spec.csi.controllerExpandSecretRef | {'name':'s'} | spec.csi.controllerExpandSecretRef.namespace: Required value
          persistentvolumes | spec.csi.nodeExpandSecretRef | {'name':'s','namespace':'A_b'} | spec.csi.nodeExpandSecretRef.namespace: Invalid value: "A_b": a lowercase RFC 1123 label...
          persistentvolumes | spec.storageClassName | 'A_b' | spec.storageClassName: Invalid value: "A_b": a lowercase...
          persistentvolumes | spec.volumeAttributesClassName | '' | spec.volumeAttributesClassName: Required value: an empty string is disallowed
          persistentvolumes | spec.capacity | {'cpu':'1'} | spec.capacity: Unsupported value: {"cpu":"1"}: supported values: "storage"
          persistentvolumes | spec.nodeAffinity | {} | spec.nodeAffinity.required: Required value: must specify required node constraints
          persistentvolumes | spec.nodeAffinity | {'required':{'nodeSelectorTerms':[]}} | spec.nodeAffinity.required.nodeSelectorTerms: Required value: must have at least one node selector term
          persistentvolumes | spec.nodeAffinity | {'required':{'nodeSelectorTerms':[{'matchExpressions':[{'key':'k','operator':'In'}]}]}} | spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'
          """)
  void claims_and_volumes(String plural, String path, String value, String message) {
    refusedWith(plural, path, value, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          storageclasses | provisioner | 'x y' | provisioner: Invalid value: "x y": name part must consist...
          storageclasses | volumeBindingMode | '' | volumeBindingMode: Unsupported value: "": supported values: "Immediate", "WaitForFirstConsumer"
          storageclasses | allowedTopologies | [{}] | allowedTopologies[0].matchLabelExpressions: Duplicate value: ""
          storageclasses | allowedTopologies | [{'matchLabelExpressions':[{'key':'a'}]}] | allowedTopologies[0].matchLabelExpressions[0].values: Required value
          storageclasses | allowedTopologies | [{'matchLabelExpressions':[{'key':'a','values':['b','b']}]}] | allowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: "b"
          storageclasses | allowedTopologies | [{'matchLabelExpressions':[{'key':'a','values':['b']},{'key':'a','values':['c']}]}] | allowedTopologies[0].matchLabelExpressions[1].key: Duplicate value: "a"
          volumeattachments | spec.attacher | 'Bad!' | spec.attacher: Invalid value: "Bad!": a lowercase...
          volumeattachments | spec.source | {'persistentVolumeName':'A_b'} | spec.source.persistentVolumeName: Invalid value: "A_b": a lowercase...
          volumeattachments | spec.source | {'inlineVolumeSpec':{}} | [spec.source.inlineVolumeSpec.csi: Required value: has to be specified in the context of inline volumes, spec.source.inlineVolumeSpec.accessModes: Required value, spec.source.inlineVolumeSpec: Required value: must specify a volume type]
          csidrivers | spec.fsGroupPolicy | '' | spec.fsGroupPolicy: Unsupported value: "": supported values: "File", "None", "ReadWriteOnceWithFSType"
          csidrivers | spec.tokenRequests | [{'audience':'a'},{'audience':'a'}] | spec.tokenRequests[1].audience: Duplicate value: "a"
          csidrivers | spec.tokenRequests | [{'audience':'a','expirationSeconds':5}] | spec.tokenRequests[0].expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes
          csidrivers | spec.nodeAllocatableUpdatePeriodSeconds | 5 | spec.nodeAllocatableUpdatePeriodSeconds: Invalid value: 5: must be greater than or equal to 10 seconds
          csinodes | spec.drivers | [{'name':'Bad!','nodeID':'i'}] | spec.drivers[0].name: Invalid value: "Bad!": a lowercase...
          csinodes | spec.drivers | [{'name':'a','nodeID':'i','topologyKeys':['a','a']}] | spec.drivers[0]: Duplicate value: "a"
          csinodes | spec.drivers | [{'name':'a','nodeID':'i','allocatable':{'count':-1}}] | spec.drivers[0].allocatable.count: Invalid value: -1: must be greater than or equal to 0
          csistoragecapacities | nodeTopology | {'matchLabels':{'a b':'c'}} | nodeTopology.matchLabels: Invalid value: "a b": name part must consist...
          secrets | data | {'..x':'eA=='} | data[..x]: Invalid value: "..x": must not start with '..'
          secrets | type | 'kubernetes.io/tls' | [data[tls.crt]: Required value, data[tls.key]: Required value]
          secrets | type | 'kubernetes.io/ssh-auth' | data[ssh-privatekey]: Required value
          nodes | spec.taints | [{'key':'a','effect':'NoSchedule'},{'key':'a','effect':'NoSchedule'}] | metadata.taints[1]: Duplicate value: ...
          nodes | spec.taints | [{'key':'a','value':'b c','effect':'NoSchedule'}] | metadata.taints[0].value: Invalid value: "b c": a valid label must be...
          """)
  void storage_and_the_rest(String plural, String path, String value, String message) {
    refusedWith(plural, path, value, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{'name':'v','hostPath':{}}] | spec.volumes[0].hostPath.path: Required value
          [{'name':'v','hostPath':{'path':'/x','type':'Bad'}}] | spec.volumes[0].hostPath.type: Unsupported value: "Bad"...
          [{'name':'v','hostPath':{'path':'/x/../y'}}] | spec.volumes[0].hostPath.path: Invalid value: "/x/../y": must not contain '..'
          [{'name':'v','emptyDir':{'sizeLimit':'-1'}}] | spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity
          [{'name':'v','secret':{}}] | spec.volumes[0].secret.secretName: Required value
          [{'name':'v','secret':{'secretName':'s','defaultMode':9999}}] | spec.volumes[0].secret.defaultMode: Invalid value: 9999: must be a number between 0 and 0777 (octal), both inclusive
          [{'name':'v','secret':{'secretName':'s','items':[{'key':'a','path':'../b'}]}}] | spec.volumes[0].secret.items[0].path: Invalid value: "../b": must not contain '..'
          [{'name':'v','configMap':{}}] | spec.volumes[0].configMap.name: Required value
          [{'name':'v','downwardAPI':{'items':[{'path':'a'}]}}] | spec.volumes[0].downwardAPI: Required value: one of fieldRef and resourceFieldRef is required
          [{'name':'v','projected':{'sources':[{'serviceAccountToken':{'path':'t','expirationSeconds':5}}]}}] | spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes
          [{'name':'v','csi':{}}] | spec.volumes[0].csi.driver: Required value
          [{'name':'v','csi':{'driver':'d','nodePublishSecretRef':{}}}] | spec.volumes[0].csi.nodePublishSecretRef.name: Required value
          [{'name':'v','ephemeral':{}}] | spec.volumes[0].ephemeral.volumeClaimTemplate: Required value
          [{'name':'v','ephemeral':{'volumeClaimTemplate':{}}}] | [spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required, spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value]
          [{'name':'v','nfs':{}}] | [spec.volumes[0].nfs.server: Required value, spec.volumes[0].nfs.path: Required value, spec.volumes[0].nfs.path: Invalid value: "": must be an absolute path]
          """)
  void volumes_of_pods(String value, String message) {
    refusedWith("pods", "spec.volumes", value, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'image':' i' | spec.containers[0].image: Invalid value: " i": must not have leading or trailing whitespace
          'image':'i','imagePullPolicy':'Bad' | spec.containers[0].imagePullPolicy: Unsupported value: "Bad"...
          'image':'i','ports':[{'containerPort':70000}] | spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive
          'image':'i','ports':[{'containerPort':0}] | spec.containers[0].ports[0].containerPort: Required value
          'image':'i','env':[{'name':''}] | spec.containers[0].env[0].name: Required value
          'image':'i','env':[{'name':'A','value':'x','valueFrom':{'fieldRef':{'fieldPath':'metadata.name'}}}] | spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty
          'image':'i','resources':{'requests':{'cpu':'2'},'limits':{'cpu':'1'}} | spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
          'image':'i','resources':{'requests':{'memory':'-1'}} | spec.containers[0].resources.requests[memory]: Invalid value: "-1": must be greater than or equal to 0
          'image':'i','volumeMounts':[{'name':'v','mountPath':'/a','subPath':'/x'}] | spec.containers[0].volumeMounts.subPath: Invalid value: "/x": must be a relative path
          'image':'i','volumeMounts':[{'name':'v','mountPath':'/a','subPath':'../x'}] | spec.containers[0].volumeMounts.subPath: Invalid value: "../x": must not contain '..'
          'image':'i','volumeMounts':[{'name':'v','mountPath':'/a','mountPropagation':'Bad'}] | spec.containers[0].volumeMounts.mountPropagation: Unsupported value: "Bad": supported values: "Bidirectional", "HostToContainer", "None"
          'image':'i','volumeMounts':[{'name':'v','mountPath':'/a','mountPropagation':'Bidirectional'}] | spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers
          'image':'i','volumeMounts':[{'name':'v','mountPath':'/a'}],'volumeDevices':[{'name':'v','devicePath':'/b'}] | [spec.containers[0].volumeMounts[0].name: Invalid value: "v": must not already exist in volumeDevices, spec.containers[0].volumeDevices[0].name: Invalid value: "v": must not already exist in volumeMounts]
          """)
  void containers(String fields, String message) {
    refusedWith("pods", "spec.containers", "[{'name':'c'," + fields + "}]", message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dnsPolicy | 'None' | spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None
          activeDeadlineSeconds | 0 | spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive
          nodeName | 'A_b' | spec.nodeName: Invalid value: "A_b": a lowercase...
          nodeSelector | {'a b':'c'} | spec.nodeSelector: Invalid value: "a b": name part must consist...
          hostname | 'A_b' | spec.hostname: Invalid value: "A_b": a lowercase RFC 1123 label...
          tolerations | [{}] | spec.tolerations[0].operator: Invalid value: "": operator must be Exists when `key` is empty...
          tolerations | [{'key':'a','operator':'Exists','value':'x'}] | spec.tolerations[0].operator: Invalid value: "x": value must be empty when `operator` is 'Exists'
          securityContext | {'fsGroupChangePolicy':'Bad'} | spec.securityContext.fsGroupChangePolicy: Unsupported value: "Bad": supported values: "Always", "OnRootMismatch"
          securityContext | {'runAsUser':-1} | spec.securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive
          schedulingGates | [{'name':'a'},{'name':'a'}] | spec.schedulingGates[1]: Duplicate value: "a"
          preemptionPolicy | 'Bad' | spec.preemptionPolicy: Unsupported value: "Bad": supported values: "PreemptLowerPriority", "Never"
          """)
  void pods(String field, String value, String message) {
    refusedWith("pods", "spec." + field, value, message);
  }

  private static void refusedWith(String plural, String path, String value, String message) {
    boolean open = message.endsWith("...");
    var expected = "is invalid: " + (open ? message.substring(0, message.length() - 3) : message);
    var text = Desk.text(object(plural, path, value));
    var refusal =
        refused(Reason.Invalid, expected.strip(), () -> new Desk().create(kind(plural), text));
    if (!open) assertThat(refusal.getMessage()).endsWith(message);
  }

  // And what is not refused

  @Test
  void a_volume_that_is_wrong_cannot_be_mounted_either() {
    var pod =
        "{'metadata':{'name':'x'},'spec':{'containers':[{'name':'c','image':'i','volumeMounts':"
            + "[{'name':'v','mountPath':'/a'}]}],'volumes':[{'name':'v','secret':{}}]}}";
    var refusal = refused(Reason.Invalid, "secretName", () -> new Desk().create(Kinds.POD, pod));
    assertThat(refusal.getMessage()).contains("volumeMounts[0].name: Not found: \"v\"");
  }

  @Test
  void the_namespace_of_an_object_of_the_whole_cluster_is_dropped() {
    var made =
        new Desk()
            .create(
                Kinds.STORAGE_CLASS,
                "{'metadata':{'name':'x','namespace':'shop'},'provisioner':'p'}");
    assertThat(made.text("metadata", "namespace")).isEmpty();
  }

  @Test
  void events_are_named_as_their_writers_like() {
    var made =
        new Desk()
            .create(
                Kinds.EVENT,
                "{'metadata':{'name':'Bad_Name'},'involvedObject':{'namespace':'default'}}");
    assertThat(made.text("metadata", "name")).isEqualTo("Bad_Name");
  }

  @Test
  void a_source_in_another_namespace_is_dropped() {
    var claim =
        new Desk()
            .create(
                Kinds.CLAIM,
                Desk.text(
                    object(
                        "persistentvolumeclaims",
                        "spec.dataSourceRef",
                        "{'kind':'PersistentVolumeClaim','name':'a','namespace':'o'}")));
    assertThat(claim.at("spec", "dataSourceRef").isNothing()).isTrue();
  }

  @Test
  void finalizers_of_a_new_namespace_stay_before_the_servers_own() {
    var made =
        new Desk()
            .create(Kinds.NAMESPACE, "{'metadata':{'name':'x'},'spec':{'finalizers':['a/b']}}");
    assertThat(made.textList("spec", "finalizers")).containsExactly("a/b", "kubernetes");
  }

  @Test
  void a_container_that_is_limited_asks_for_as_much() {
    var pod =
        new Desk()
            .create(
                Kinds.POD,
                "{'metadata':{'name':'x'},'spec':{'containers':[{'name':'c','image':'i',"
                    + "'resources':{'limits':{'cpu':'1'}}}]}}");
    var container = pod.at("spec", "containers").items().getFirst();
    assertThat(container.text("resources", "requests", "cpu")).isEqualTo("1");
  }

  @Test
  void a_grace_below_nothing_is_a_second() {
    var pod =
        new Desk()
            .create(
                Kinds.POD, Desk.text(object("pods", "spec.terminationGracePeriodSeconds", "-5")));
    assertThat(pod.number(0, "spec", "terminationGracePeriodSeconds")).isEqualTo(1);
  }

  @Test
  void all_of_a_node_can_be_given_away() {
    var node =
        new Desk()
            .create(Kinds.NODE, "{'metadata':{'name':'x'},'status':{'capacity':{'cpu':'2'}}}");
    assertThat(node.text("status", "allocatable", "cpu")).isEqualTo("2");
  }

  @Test
  void changes_of_a_drivers_spec_are_counted() {
    var desk = new Desk();
    var made = desk.create(Kinds.CSI_DRIVER, "{'metadata':{'name':'x'}}");
    assertThat(made.at("metadata", "generation").isNothing()).isTrue();
    var changed = desk.merge(Kinds.CSI_DRIVER, "x", "{'spec':{'podInfoOnMount':true}}");
    assertThat(changed.number(0, "metadata", "generation")).isEqualTo(1);
  }

  @Test
  void a_replacement_must_name_its_object() {
    var desk = new Desk();
    desk.create(Kinds.SECRET, "{'metadata':{'name':'x'}}");
    refused(
        Reason.BadRequest,
        "the name of the object (x based on URL) was undeterminable: name must be provided",
        () -> desk.update(Kinds.SECRET, "default/x", json("{'metadata':{}}")));
  }

  @Test
  void the_base_of_a_generated_name_may_change_and_the_generation_may_not() {
    var desk = new Desk();
    desk.create(Kinds.SECRET, "{'metadata':{'name':'x'}}");
    var changed =
        desk.merge(Kinds.SECRET, "default/x", "{'metadata':{'generateName':'x-','generation':7}}");
    assertThat(changed.text("metadata", "generateName")).isEqualTo("x-");
    assertThat(changed.at("metadata", "generation").isNothing()).isTrue();
  }

  @Test
  void a_patch_may_not_take_the_name_away() {
    var desk = new Desk();
    desk.create(Kinds.SECRET, "{'metadata':{'name':'x','labels':{'a':'b'}}}");
    refused(
        Reason.BadRequest,
        "the name of the object (x based on URL) was undeterminable",
        () -> desk.merge(Kinds.SECRET, "default/x", "{'metadata':null}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'type':5} | json: cannot unmarshal number into Go struct field type of type string
          {'kind':'Pod'} | no kind "Pod" is registered for version "v1" here
          {'apiVersion':'v2'} | no kind "Secret" is registered for version "v2" here
          """)
  void a_patch_that_makes_no_object_of_its_kind_is_invalid(String patch, String why) {
    var desk = new Desk();
    desk.create(Kinds.SECRET, "{'metadata':{'name':'x'}}");
    var refusal = refused(Reason.Invalid, why, () -> desk.merge(Kinds.SECRET, "default/x", patch));
    assertThat(refusal.causes().getFirst().field()).isEqualTo("patch");
  }

  // Warnings

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          persistentvolumeclaims | spec.resources.requests.storage | '0.5' | spec.resources.requests[storage]: fractional byte value "500m" is invalid, must be an integer
          persistentvolumes | spec.persistentVolumeReclaimPolicy | 'Recycle' | spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.
          csidrivers | spec.tokenRequests | [{'audience':'a'}] | spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes
          pods | metadata.name | 'a.b' | metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]
          """)
  void warned(String plural, String path, String value, String warning) {
    var kind = kind(plural);
    var desk = new Desk().writing(Writing.WARN);
    var target = Request.Target.in(kind, kind.namespaced() ? "default" : "");
    var answer =
        (Answer.One) desk.ask(target, new Verb.Create(Body.of(object(plural, path, value))));
    assertThat(answer.warnings()).containsExactly(warning);
  }

  @Test
  void an_old_warning_is_not_repeated_when_something_else_changes() {
    var desk = new Desk().writing(Writing.WARN);
    desk.create(Kinds.POD, Desk.text(object("pods", "metadata.name", "'a.b'")));
    var patch = Body.of(json("{'metadata':{'labels':{'a':'b'}}}"));
    var answer =
        (Answer.One)
            desk.ask(
                Desk.named(Kinds.POD, "default/a.b"),
                new Verb.Change(new Verb.Patching.Merge(patch)));
    assertThat(answer.warnings()).isEmpty();
  }
}
