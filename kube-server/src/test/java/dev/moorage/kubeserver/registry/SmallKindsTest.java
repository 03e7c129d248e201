package dev.moorage.kubeserver.registry;

import static dev.moorage.kubeserver.registry.Desk.json;
import static dev.moorage.kubeserver.registry.Desk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Tree;
import org.junit.jupiter.api.Test;

/// Config maps, service accounts, leases and attributes classes.
class SmallKindsTest {
  private static final String MAP = "{'metadata':{'name':'x'},'data':{'k':'v'}}";
  private static final String LEASE =
      "{'metadata':{'name':'x'},'spec':{'holderIdentity':'','leaseDurationSeconds':15,"
          + "'leaseTransitions':0,'renewTime':'2026-01-01T00:00:00.5Z'}}";
  private static final String ATTRIBUTES_CLASS =
      "{'metadata':{'name':'x'},'driverName':'d.example.com','parameters':{'iops':'100'}}";

  private final Desk desk = new Desk();

  @Test
  void a_config_map_carries_texts_and_bytes() {
    var map =
        desk.create(
            Kinds.CONFIG_MAP,
            "{'metadata':{'name':'x'},'data':{'k':''},'binaryData':{'b':'AAE='}}");
    assertThat(Desk.text(map.at("data"))).isEqualTo("{'k':''}");
    assertThat(map.text("binaryData", "b")).isEqualTo("AAE=");
  }

  @Test
  void a_config_map_has_good_keys_and_each_one_once() {
    refusedMap(
        "{'a b':''}",
        "{}",
        "ConfigMap \"x\" is invalid: data[a b]: Invalid value: \"a b\": a valid config key must");
    refusedMap("{'..':''}", "{}", "data[..]: Invalid value: \"..\": must not be '..'");
    refusedMap("{'..a':''}", "{}", "data[..a]: Invalid value: \"..a\": must not start with '..'");
    refusedMap(
        "{'k':''}",
        "{'k':'AA=='}",
        "data[k]: Invalid value: \"k\": duplicate of key present in binaryData");
  }

  private void refusedMap(String data, String binaries, String message) {
    var map =
        json("{'metadata':{'name':'x'}}")
            .with(json(data), "data")
            .with(json(binaries), "binaryData");
    refused(Reason.Invalid, message, () -> desk.create(Kinds.CONFIG_MAP, Desk.text(map)));
  }

  @Test
  void a_config_map_has_at_most_a_mebibyte_in_all() {
    var half = "x".repeat(512 * 1024);
    var full = json(MAP).with(Tree.object("a", half, "b", half), "data");
    desk.create(Kinds.CONFIG_MAP, Desk.text(full));
    var more = full.with(Tree.of("y"), "metadata", "name").with(Tree.of("x"), "data", "c");
    refused(
        Reason.Invalid,
        "ConfigMap \"y\" is invalid: []: Too long: may not be more than 1048576 bytes",
        () -> desk.create(Kinds.CONFIG_MAP, Desk.text(more)));
  }

  @Test
  void an_immutable_config_map_is_frozen() {
    desk.create(Kinds.CONFIG_MAP, MAP);
    desk.merge(Kinds.CONFIG_MAP, "default/x", "{'data':{'k':'w'},'immutable':true}");
    desk.merge(Kinds.CONFIG_MAP, "default/x", "{'metadata':{'labels':{'a':'b'}}}");
    var why = "field is immutable when `immutable` is set";
    for (String patch : new String[] {"{'data':{'k':'v'}}", "{'binaryData':{'b':'AA=='}}"})
      refused(Reason.Invalid, why, () -> desk.merge(Kinds.CONFIG_MAP, "default/x", patch));
    refused(
        Reason.Invalid,
        "immutable: Forbidden: " + why,
        () -> desk.merge(Kinds.CONFIG_MAP, "default/x", "{'immutable':null}"));
  }

  @Test
  void a_service_account_keeps_its_wish_for_no_token() {
    var account =
        desk.create(
            Kinds.SERVICE_ACCOUNT,
            "{'metadata':{'name':'x'},'automountServiceAccountToken':false,"
                + "'imagePullSecrets':[{'name':'s'}]}");
    assertThat(account.truth(true, "automountServiceAccountToken")).isFalse();
  }

  @Test
  void a_lease_keeps_what_is_empty_and_its_microseconds() {
    var spec = desk.create(Kinds.LEASE, LEASE).at("spec");
    assertThat(Desk.text(spec))
        .isEqualTo(
            "{'holderIdentity':'','leaseDurationSeconds':15,'leaseTransitions':0,"
                + "'renewTime':'2026-01-01T00:00:00.500000Z'}");
  }

  @Test
  void a_lease_is_made_by_a_replacement_and_replaced_only_by_who_saw_it() {
    var made = desk.update(Kinds.LEASE, "default/x", json(LEASE));
    var taken = json(LEASE).with(Tree.of("me"), "spec", "holderIdentity");
    refused(
        Reason.Invalid,
        "metadata.resourceVersion: Invalid value: 0: must be specified for an update",
        () -> desk.update(Kinds.LEASE, "default/x", taken));
    desk.update(Kinds.LEASE, "default/x", made.with(Tree.of("me"), "spec", "holderIdentity"));
    refused(
        Reason.Conflict,
        "Operation cannot be fulfilled on leases.coordination.k8s.io \"x\"",
        () -> desk.update(Kinds.LEASE, "default/x", made));
  }

  @Test
  void a_lease_lasts_for_some_time() {
    refused(
        Reason.Invalid,
        "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0",
        () -> desk.create(Kinds.LEASE, LEASE.replace("15", "0")));
    refused(
        Reason.Invalid,
        "spec.leaseTransitions: Invalid value: -1: must be greater than or equal to 0",
        () -> desk.create(Kinds.LEASE, LEASE.replace("s':0", "s':-1")));
  }

  @Test
  void an_attributes_class_names_a_driver_and_something_to_change() {
    invalidClass("driverName", "''", "driverName: Required value");
    invalidClass("driverName", "'B!'", "driverName: Invalid value: \"b!\": name part must");
    invalidClass(
        "parameters",
        "{}",
        "VolumeAttributesClass.storage.k8s.io \"x\" is invalid: parameters: Required value: must"
            + " contain at least one key/value pair");
    invalidClass("parameters", "{'':'v'}", "parameters: Invalid value: \"\"");
    invalidClass(
        "parameters",
        "{'k':'" + "v".repeat(256 * 1024) + "'}",
        "parameters: Too long: may not be more than 262144 bytes");
  }

  private void invalidClass(String field, String value, String message) {
    var changed = json(ATTRIBUTES_CLASS).with(json(value), field);
    refused(Reason.Invalid, message, () -> desk.create(Kinds.ATTRIBUTES_CLASS, Desk.text(changed)));
  }

  @Test
  void what_an_attributes_class_means_does_not_change() {
    desk.create(Kinds.ATTRIBUTES_CLASS, ATTRIBUTES_CLASS);
    desk.merge(Kinds.ATTRIBUTES_CLASS, "x", "{'metadata':{'labels':{'a':'b'}}}");
    for (String field : new String[] {"driverName", "parameters"})
      refused(
          Reason.Invalid,
          field + ": Forbidden: updates to " + field + " are forbidden.",
          () ->
              desk.merge(
                  Kinds.ATTRIBUTES_CLASS,
                  "x",
                  field.equals("parameters") ? "{'parameters':{'a':'b'}}" : "{'driverName':'e'}"));
  }

  @Test
  void a_claim_changes_its_attributes_class_once_it_is_bound() {
    desk.create(
        Kinds.CLAIM,
        "{'metadata':{'name':'x'},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'volumeAttributesClassName':'silver','resources':{'requests':{'storage':'1Gi'}}}}");
    var gold = "{'spec':{'volumeAttributesClassName':'gold'}}";
    refused(
        Reason.Invalid,
        "spec: Forbidden: spec is immutable after creation except resources.requests and"
            + " volumeAttributesClassName for bound claims",
        () -> desk.merge(Kinds.CLAIM, "default/x", gold));
    desk.mergeStatus(Kinds.CLAIM, "default/x", "{'status':{'phase':'Bound'}}");
    desk.merge(Kinds.CLAIM, "default/x", gold);
    refused(
        Reason.Invalid,
        "spec.volumeAttributesClassName: Invalid value: \"a b\"",
        () -> desk.merge(Kinds.CLAIM, "default/x", "{'spec':{'volumeAttributesClassName':'a b'}}"));
    desk.mergeStatus(
        Kinds.CLAIM,
        "default/x",
        "{'status':{'modifyVolumeStatus':{'targetVolumeAttributesClassName':'gold',"
            + "'status':'InProgress'}}}");
    refused(
        Reason.Invalid,
        "spec.volumeAttributesClassName: Forbidden",
        () -> desk.merge(Kinds.CLAIM, "default/x", "{'spec':{'volumeAttributesClassName':null}}"));
  }

  @Test
  void a_volume_keeps_an_attributes_class() {
    var volume =
        "{'metadata':{'name':'x'},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'volumeAttributesClassName':'gold',"
            + "'capacity':{'storage':'1Gi'},'csi':{'driver':'d','volumeHandle':'h'}}}";
    refused(
        Reason.Invalid,
        "spec.volumeAttributesClassName: Required value: an empty string is disallowed",
        () -> desk.create(Kinds.VOLUME, volume.replace("gold", "")));
    desk.create(Kinds.VOLUME, volume);
    desk.merge(Kinds.VOLUME, "x", "{'spec':{'volumeAttributesClassName':'silver'}}");
    refused(
        Reason.Invalid,
        "spec.volumeAttributesClassName: Forbidden: update from non-nil value to nil is forbidden",
        () -> desk.merge(Kinds.VOLUME, "x", "{'spec':{'volumeAttributesClassName':null}}"));
  }
}
