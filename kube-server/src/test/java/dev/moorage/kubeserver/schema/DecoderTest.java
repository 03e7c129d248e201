package dev.moorage.kubeserver.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.TreeJson;
import org.junit.jupiter.api.Test;

class DecoderTest {
  @Test
  void every_kind_has_a_schema() {
    for (Kind<?> kind : Kinds.ALL)
      assertThat(Schemas.of(kind).fields()).containsKeys("apiVersion", "kind", "metadata");
  }

  @Test
  void declared_fields_are_kept_and_defaults_are_put_in() {
    check(
        Kinds.CLAIM,
        "{'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1024Mi'}}}}",
        "{'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}},"
            + "'volumeMode':'Filesystem'}}");
  }

  @Test
  void null_counts_as_absent() {
    check(
        Kinds.SECRET,
        "{'metadata':{'name':'x','creationTimestamp':null},'data':null}",
        "{'metadata':{'name':'x'},'type':'Opaque'}");
  }

  @Test
  void empty_values_of_plain_fields_vanish_and_those_of_pointers_stay() {
    check(
        Kinds.CLAIM,
        "{'spec':{'volumeName':'','storageClassName':'','accessModes':[],'selector':{},"
            + "'resources':{}},'metadata':{'labels':{}}}",
        "{'spec':{'storageClassName':'','selector':{},'volumeMode':'Filesystem'},'metadata':{}}");
  }

  @Test
  void a_false_stays_where_it_means_something() {
    check(
        Kinds.VOLUME,
        "{'spec':{'csi':{'driver':'d','volumeHandle':'h','readOnly':false}}}",
        "{'spec':{'csi':{'driver':'d','volumeHandle':'h'},"
            + "'persistentVolumeReclaimPolicy':'Retain','volumeMode':'Filesystem'}}");
    check(
        Kinds.STORAGE_CLASS,
        "{'provisioner':'p','allowVolumeExpansion':false}",
        "{'provisioner':'p','allowVolumeExpansion':false,'reclaimPolicy':'Delete',"
            + "'volumeBindingMode':'Immediate'}");
  }

  @Test
  void unknown_fields_are_dropped_and_named() {
    var decoded =
        Decoder.decode(
            Schemas.of(Kinds.POD),
            json("{'spec':{'containers':[{'name':'a','imag':'x'}],'volums':[]},'foo':1}"));
    assertThat(decoded.unknown()).containsExactly("spec.containers[0].imag", "spec.volums", "foo");
    assertThat(decoded.tree().at("foo").isNothing()).isTrue();
  }

  @Test
  void parts_outside_the_scope_are_kept_as_they_are() {
    var probe = "{'httpGet':{'port':80,'whatever':{'a':[1]}}}";
    var decoded =
        Decoder.decode(
            Schemas.of(Kinds.POD),
            json("{'spec':{'containers':[{'name':'a','livenessProbe':" + probe + "}]}}"));
    assertThat(decoded.unknown()).isEmpty();
    assertThat(decoded.tree().at("spec", "containers").items().getFirst().at("livenessProbe"))
        .isEqualTo(json(probe));
  }

  @Test
  void the_volumes_of_a_pod_get_their_defaults() {
    var decoded =
        Decoder.decode(
            Schemas.of(Kinds.POD),
            json(
                "{'spec':{'volumes':[{'name':'a','hostPath':{'path':'/x'}},"
                    + "{'name':'b','secret':{'secretName':'s'}},{'name':'c','emptyDir':{}}]}}"));
    assertThat(decoded.tree().at("spec", "volumes"))
        .isEqualTo(
            json(
                "[{'name':'a','hostPath':{'path':'/x','type':''}},"
                    + "{'name':'b','secret':{'secretName':'s','defaultMode':420}},"
                    + "{'name':'c','emptyDir':{}}]"));
    assertThat(decoded.tree().at("spec", "securityContext").fields()).isEmpty();
    assertThat(decoded.tree().at("spec", "securityContext").isNothing()).isFalse();
  }

  @Test
  void a_value_of_another_type_is_refused_by_the_name_of_its_field() {
    refused(Kinds.CLAIM, "{'spec':{'volumeName':5}}", "number", "spec.volumeName");
    refused(Kinds.CLAIM, "{'spec':{'accessModes':'x'}}", "string", "spec.accessModes");
    refused(Kinds.CLAIM, "{'metadata':{'labels':{'a':1}}}", "number", "metadata.labels.a");
    refused(Kinds.NODE, "{'spec':{'unschedulable':'yes'}}", "string", "spec.unschedulable");
    refused(Kinds.CLAIM, "{'spec':[]}", "array", "spec");
    refused(
        Kinds.CLAIM,
        "{'spec':{'resources':{'requests':{'storage':'big'}}}}",
        "quantities must match",
        "spec.resources.requests.storage");
    refused(Kinds.SECRET, "{'data':{'k':'%%%'}}", "illegal base64", "data.k");
    refused(Kinds.POD, "{'metadata':{'creationTimestamp':'yesterday'}}", "RFC 3339", "metadata");
  }

  @Test
  void times_are_in_utc_and_seconds() {
    check(
        Kinds.EVENT,
        "{'firstTimestamp':'2026-01-01T12:00:00.5+02:00','eventTime':'2026-01-01T10:00:00Z'}",
        "{'firstTimestamp':'2026-01-01T10:00:00Z','eventTime':'2026-01-01T10:00:00.000000Z',"
            + "'reportingComponent':'','reportingInstance':''}");
  }

  private static void check(Kind<?> kind, String written, String stored) {
    assertThat(Decoder.decode(Schemas.of(kind), json(written)).tree()).isEqualTo(json(stored));
  }

  private static void refused(Kind<?> kind, String written, String... says) {
    assertThatExceptionOfType(Misfit.class)
        .isThrownBy(() -> Decoder.decode(Schemas.of(kind), json(written)))
        .satisfies(e -> assertThat(e.getMessage()).contains(says));
  }

  private static Tree json(String text) {
    return TreeJson.read(text.replace('\'', '"'));
  }
}
