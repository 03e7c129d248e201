package dev.moorage.kubeserver.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Schemas;
import dev.moorage.kubeserver.store.TreeJson;
import org.junit.jupiter.api.Test;

class StrategicPatchTest {
  @Test
  void maps_merge_and_null_removes() {
    check(
        Kinds.CLAIM,
        "{'metadata':{'annotations':{'a':'1','b':'2'}},'spec':{'volumeName':'v'}}",
        "{'metadata':{'annotations':{'a':null,'c':'3'}}}",
        "{'metadata':{'annotations':{'b':'2','c':'3'}},'spec':{'volumeName':'v'}}");
  }

  @Test
  void conditions_merge_by_type() {
    check(
        Kinds.CLAIM,
        "{'status':{'conditions':[{'type':'Resizing','status':'True'},{'type':'X','status':'T'}]}}",
        "{'status':{'conditions':[{'type':'Resizing','status':'False','reason':'r'},"
            + "{'type':'New','status':'True'}]}}",
        "{'status':{'conditions':[{'type':'Resizing','status':'False','reason':'r'},"
            + "{'type':'New','status':'True'},{'type':'X','status':'T'}]}}");
  }

  @Test
  void items_that_the_patch_does_not_name_keep_their_places() {
    check(
        Kinds.CLAIM,
        "{'status':{'conditions':[{'type':'A'},{'type':'B'},{'type':'C'}]}}",
        "{'status':{'conditions':[{'type':'N'},{'type':'B','status':'F'}]}}",
        "{'status':{'conditions':[{'type':'N'},{'type':'A'},{'type':'B','status':'F'},"
            + "{'type':'C'}]}}");
  }

  @Test
  void a_list_is_not_merged_with_an_object() {
    refused("{'status':{'conditions':{'type':'A'}}}");
  }

  @Test
  void an_unknown_directive_is_refused() {
    refused("{'status':{'$patch':'mend','phase':'Bound'}}");
  }

  private static void refused(String patch) {
    var schema = Schemas.of(Kinds.CLAIM);
    assertThatThrownBy(() -> StrategicPatch.apply(schema, Tree.empty(), json(patch)))
        .isInstanceOf(PatchRefused.class);
  }

  @Test
  void the_resizers_patch_orders_and_deletes_conditions() {
    check(
        Kinds.CLAIM,
        "{'status':{'conditions':[{'type':'Resizing','status':'True'}]}}",
        "{'status':{'$setElementOrder/conditions':[{'type':'FileSystemResizePending'}],"
            + "'conditions':[{'type':'FileSystemResizePending','status':'True'},"
            + "{'$patch':'delete','type':'Resizing'}]}}",
        "{'status':{'conditions':[{'type':'FileSystemResizePending','status':'True'}]}}");
  }

  @Test
  void finalizers_are_a_set_with_new_ones_first() {
    check(
        Kinds.VOLUME,
        "{'metadata':{'finalizers':['a/x','b/y']}}",
        "{'metadata':{'finalizers':['c/z','a/x']}}",
        "{'metadata':{'finalizers':['c/z','a/x','b/y']}}");
    check(
        Kinds.VOLUME,
        "{'metadata':{'finalizers':['a/x','b/y']}}",
        "{'metadata':{'$setElementOrder/finalizers':['a/x','b/y','c/z'],'finalizers':['c/z']}}",
        "{'metadata':{'finalizers':['a/x','b/y','c/z']}}");
    check(
        Kinds.VOLUME,
        "{'metadata':{'finalizers':['a/x','b/y']}}",
        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['a/x'],"
            + "'$setElementOrder/finalizers':['b/y']}}",
        "{'metadata':{'finalizers':['b/y']}}");
  }

  @Test
  void owners_merge_by_uid_and_are_deleted_by_it() {
    check(
        Kinds.POD,
        "{'metadata':{'ownerReferences':[{'uid':'1','name':'a'},{'uid':'2','name':'b'}]}}",
        "{'metadata':{'ownerReferences':[{'$patch':'delete','uid':'1'}]}}",
        "{'metadata':{'ownerReferences':[{'uid':'2','name':'b'}]}}");
  }

  @Test
  void other_lists_are_replaced() {
    check(
        Kinds.CLAIM,
        "{'spec':{'accessModes':['ReadWriteOnce','ReadOnlyMany']}}",
        "{'spec':{'accessModes':['ReadWriteMany']}}",
        "{'spec':{'accessModes':['ReadWriteMany']}}");
    check(
        Kinds.NODE,
        "{'spec':{'taints':[{'key':'a','effect':'NoSchedule'}]}}",
        "{'spec':{'taints':[{'key':'b','effect':'NoSchedule'}]}}",
        "{'spec':{'taints':[{'key':'b','effect':'NoSchedule'}]}}");
  }

  @Test
  void containers_and_their_mounts_merge_by_their_keys() {
    check(
        Kinds.POD,
        "{'spec':{'containers':[{'name':'a','image':'i','volumeMounts':"
            + "[{'mountPath':'/x','name':'v'}]}]}}",
        "{'spec':{'containers':[{'name':'a','image':'j','volumeMounts':"
            + "[{'mountPath':'/y','name':'w'}]}]}}",
        "{'spec':{'containers':[{'name':'a','image':'j','volumeMounts':"
            + "[{'mountPath':'/y','name':'w'},{'mountPath':'/x','name':'v'}]}]}}");
  }

  @Test
  void a_volume_keeps_only_the_keys_that_it_is_told_to() {
    check(
        Kinds.POD,
        "{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}",
        "{'spec':{'volumes':[{'name':'v','$retainKeys':['name','hostPath'],"
            + "'hostPath':{'path':'/x'}}]}}",
        "{'spec':{'volumes':[{'name':'v','hostPath':{'path':'/x'}}]}}");
  }

  @Test
  void maps_and_lists_are_replaced_where_the_patch_says_so() {
    check(
        Kinds.CLAIM,
        "{'metadata':{'labels':{'a':'1'}}}",
        "{'metadata':{'labels':{'$patch':'replace','b':'2'}}}",
        "{'metadata':{'labels':{'b':'2'}}}");
    check(
        Kinds.CLAIM,
        "{'status':{'conditions':[{'type':'A','status':'True'}]}}",
        "{'status':{'conditions':[{'$patch':'replace'},{'type':'B','status':'True'}]}}",
        "{'status':{'conditions':[{'type':'B','status':'True'}]}}");
    check(
        Kinds.CLAIM,
        "{'metadata':{'labels':{'a':'1'}}}",
        "{'metadata':{'labels':{'$patch':'delete'}}}",
        "{'metadata':{'labels':{}}}");
  }

  @Test
  void an_item_without_its_key_is_refused() {
    assertThatExceptionOfType(PatchRefused.class)
        .isThrownBy(() ->
            StrategicPatch.apply(
                Schemas.of(Kinds.CLAIM),
                Tree.empty(),
                json("{'status':{'conditions':[{'status':'True'}]}}")))
        .withMessageContaining("type");
  }

  @Test
  void unknown_directives_are_dropped() {
    check(Kinds.CLAIM, "{}", "{'$foo':1,'spec':{'volumeName':'v'}}", "{'spec':{'volumeName':'v'}}");
  }

  private static void check(Kind<?> kind, String object, String patch, String result) {
    assertThat(StrategicPatch.apply(Schemas.of(kind), json(object), json(patch)))
        .isEqualTo(json(result));
  }

  private static Tree json(String text) {
    return TreeJson.read(text.replace('\'', '"'));
  }
}
