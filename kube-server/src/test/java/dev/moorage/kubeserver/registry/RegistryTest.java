package dev.moorage.kubeserver.registry;

import static dev.moorage.kubeserver.registry.Desk.json;
import static dev.moorage.kubeserver.registry.Desk.named;
import static dev.moorage.kubeserver.registry.Desk.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Deletion;
import dev.moorage.kube.Kind;
import dev.moorage.kube.Kinds;
import dev.moorage.kube.KubeException.Reason;
import dev.moorage.kube.Raw;
import dev.moorage.kube.Selection;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Request.Target;
import dev.moorage.kubeserver.registry.Request.UnknownFields;
import dev.moorage.kubeserver.registry.Request.Writing;
import dev.moorage.kubeserver.registry.Verb.Page;
import dev.moorage.kubeserver.registry.Verb.Patching;
import dev.moorage.kubeserver.store.TreeJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the gate does for all kinds alike.
class RegistryTest {
  private static final String SECRET = "{'metadata':{'name':'x'},'data':{'k':'c2VjcmV0'}}";
  private static final String CLASS = "{'metadata':{'name':'x'},'provisioner':'p'}";
  private static final String ATTACHMENT =
      "{'metadata':{'name':'x'},'spec':{'attacher':'a','nodeName':'n',"
          + "'source':{'persistentVolumeName':'v'}}}";
  private static final String POD =
      "{'metadata':{'name':'x'},'spec':{'containers':[{'name':'c','image':'i'}]}}";

  private final Desk desk = new Desk();

  // --- namespaces --------------------------------------------------------------------------------

  @Test
  void the_first_namespaces_are_there() {
    assertThat(desk.names(Kinds.NAMESPACE, Selection.ALL))
        .containsExactly("default", "kube-system");
    var namespace = desk.get(Kinds.NAMESPACE, "default");
    assertThat(namespace.textMap("metadata", "labels"))
        .containsEntry("kubernetes.io/metadata.name", "default");
    assertThat(namespace.text("status", "phase")).isEqualTo("Active");
    refused(
        Reason.Forbidden,
        "namespaces \"default\" is forbidden: this namespace may not be deleted",
        () -> desk.delete(Kinds.NAMESPACE, "default"));
  }

  @Test
  void a_namespace_ends_when_it_is_finalized_and_takes_nothing_new_meanwhile() {
    desk.create(Kinds.NAMESPACE, "{'metadata':{'name':'n'}}");
    desk.delete(Kinds.NAMESPACE, "n");
    var ending = desk.get(Kinds.NAMESPACE, "n");
    assertThat(ending.text("status", "phase")).isEqualTo("Terminating");
    var refusal =
        refused(
            Reason.Forbidden,
            "secrets \"x\" is forbidden: unable to create new content in namespace n because it"
                + " is being terminated",
            () -> desk.create(Kinds.SECRET, SECRET.replace("'name'", "'namespace':'n','name'")));
    assertThat(refusal.causes().getFirst().reason()).isEqualTo("NamespaceTerminating");
    var finalized = ending.without("spec", "finalizers");
    desk.ask(named(Kinds.NAMESPACE, "n").sub("finalize"), new Verb.Update(Body.of(finalized)));
    refused(Reason.NotFound, "namespaces \"n\" not found", () -> desk.get(Kinds.NAMESPACE, "n"));
  }

  // --- metadata ----------------------------------------------------------------------------------

  @Test
  void the_server_writes_its_own_metadata() {
    var secret =
        desk.create(
            Kinds.SECRET,
            "{'metadata':{'name':'x','uid':'mine','creationTimestamp':'2000-01-01T00:00:00Z',"
                + "'deletionTimestamp':'2000-01-01T00:00:00Z','selfLink':'l',"
                + "'managedFields':[{}]}}");
    assertThat(secret.text("metadata", "uid")).matches("[0-9a-f-]{36}");
    assertThat(secret.text("metadata", "creationTimestamp")).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(secret.at("metadata").fields().keySet())
        .containsExactlyInAnyOrder(
            "name", "namespace", "uid", "creationTimestamp", "resourceVersion");
    assertThat(secret.fields().keySet()).startsWith("apiVersion", "kind", "metadata");
  }

  @Test
  void versions_are_one_increasing_number_over_all_kinds() {
    long first = version(desk.create(Kinds.SECRET, SECRET));
    assertThat(version(desk.create(Kinds.STORAGE_CLASS, CLASS))).isEqualTo(first + 1);
    assertThat(version(desk.merge(Kinds.SECRET, "default/x", "{'data':{'l':''}}")))
        .isEqualTo(first + 2);
  }

  @Test
  void a_version_on_a_create_is_refused() {
    refused(
        Reason.Unknown,
        "resourceVersion should not be set on objects to be created",
        () -> desk.create(Kinds.SECRET, "{'metadata':{'name':'x','resourceVersion':'1'}}"));
  }

  @Test
  void what_the_server_owns_cannot_be_changed() {
    var secret = desk.create(Kinds.SECRET, SECRET);
    var same =
        desk.merge(
            Kinds.SECRET,
            "default/x",
            "{'metadata':{'creationTimestamp':'2000-01-01T00:00:00Z','generateName':null}}");
    assertThat(same).isEqualTo(secret);
    for (String field : List.of("uid", "deletionTimestamp"))
      refused(
          Reason.Invalid,
          "metadata." + field + ": Invalid value: \"2000-01-01T00:00:00Z\": field is immutable",
          () ->
              desk.merge(
                  Kinds.SECRET,
                  "default/x",
                  "{'metadata':{'" + field + "':'2000-01-01T00:00:00Z'}}"));
    refused(
        Reason.BadRequest,
        "the name of the object (y) does not match the name on the URL (x)",
        () -> desk.merge(Kinds.SECRET, "default/x", "{'metadata':{'name':'y'}}"));
  }

  @Test
  void a_deletion_time_cannot_be_taken_back() {
    desk.create(Kinds.CLAIM, claim());
    desk.delete(Kinds.CLAIM, "default/x");
    var patched = desk.merge(Kinds.CLAIM, "default/x", "{'metadata':{'deletionTimestamp':null}}");
    assertThat(patched.text("metadata", "deletionTimestamp")).isNotEmpty();
  }

  // --- bodies ------------------------------------------------------------------------------------

  @Test
  void unknown_and_doubled_fields_are_refused_all_at_once() {
    var parsed =
        TreeJson.parse(
            "{\"metadata\":{\"name\":\"x\"},\"a\":1,\"type\":\"t\",\"b\":2,\"type\":\"u\"}");
    refused(
        Reason.BadRequest,
        "Secret in version \"v1\" cannot be handled as a Secret: strict decoding error: unknown"
            + " field \"a\", unknown field \"b\", duplicate field \"type\"",
        () ->
            desk.ask(
                Target.in(Kinds.SECRET, "default"),
                new Verb.Create(new Body(parsed.tree(), parsed.duplicates()))));
  }

  @Test
  void unknown_fields_are_dropped_with_a_warning_or_silently() {
    var body = Body.of(json("{'metadata':{'name':'x'},'a':1}"));
    var target = Target.in(Kinds.SECRET, "default");
    desk.writing(Writing.WARN);
    var warned = (Answer.One) desk.ask(target, new Verb.Create(body));
    assertThat(warned.warnings()).containsExactly("unknown field \"a\"");
    assertThat(warned.tree().at("a").isNothing()).isTrue();
    desk.writing(new Writing(false, UnknownFields.IGNORE));
    var ignored =
        (Answer.One)
            desk.ask(
                target,
                new Verb.Create(Body.of(body.tree().with(Tree.of("y"), "metadata", "name"))));
    assertThat(ignored.warnings()).isEmpty();
  }

  @Test
  void an_unknown_field_in_a_patch_is_unprocessable() {
    desk.create(Kinds.SECRET, SECRET);
    refused(
        Reason.Invalid,
        "strict decoding error: unknown field \"a\"",
        () -> desk.merge(Kinds.SECRET, "default/x", "{'a':1}"));
  }

  @Test
  void a_body_of_another_kind_or_version_is_refused() {
    refused(
        Reason.BadRequest,
        "cannot be handled as a Secret",
        () -> desk.create(Kinds.SECRET, "{'kind':'Pod','metadata':{'name':'x'}}"));
    refused(
        Reason.BadRequest,
        "no kind \"Secret\" is registered for version \"v2\" here",
        () -> desk.create(Kinds.SECRET, "{'apiVersion':'v2','metadata':{'name':'x'}}"));
    refused(
        Reason.BadRequest,
        "Secret in version \"v1\" cannot be handled as a Secret: json: cannot unmarshal number"
            + " into Go struct field type of type string",
        () -> desk.create(Kinds.SECRET, "{'metadata':{'name':'x'},'type':5}"));
  }

  @Test
  void a_kind_that_nobody_serves_is_not_found() {
    var unknown = new Kind<>("", "v1", "Moon", "moons", false, Raw::of);
    refused(
        Reason.NotFound,
        "the server could not find the requested resource",
        () -> desk.get(unknown, "x"));
  }

  // --- replacing ---------------------------------------------------------------------------------

  @Test
  void a_replacement_needs_the_version_it_was_made_on() {
    var secret = desk.create(Kinds.SECRET, SECRET);
    desk.merge(Kinds.SECRET, "default/x", "{'data':{'l':''}}");
    refused(
        Reason.Conflict,
        "Operation cannot be fulfilled on secrets \"x\": the object has been modified",
        () -> desk.update(Kinds.SECRET, "default/x", secret));
    var unconditional = secret.without("metadata", "resourceVersion");
    assertThat(desk.update(Kinds.SECRET, "default/x", unconditional).at("data"))
        .isEqualTo(secret.at("data"));
  }

  @Test
  void some_kinds_take_no_replacement_without_a_version() {
    var attachment = desk.create(Kinds.ATTACHMENT, ATTACHMENT);
    refused(
        Reason.Invalid,
        "volumeattachments.storage.k8s.io \"x\" is invalid: metadata.resourceVersion: Invalid value:"
            + " 0: must be specified for an update",
        () ->
            desk.update(Kinds.ATTACHMENT, "x", attachment.without("metadata", "resourceVersion")));
  }

  @Test
  void a_patch_of_those_kinds_needs_no_version() {
    desk.create(Kinds.ATTACHMENT, ATTACHMENT);
    desk.merge(Kinds.ATTACHMENT, "x", "{'metadata':{'labels':{'a':'b'}}}");
  }

  @Test
  void a_replacement_of_another_uid_is_a_conflict() {
    var secret = desk.create(Kinds.SECRET, SECRET);
    refused(
        Reason.Conflict,
        "Precondition failed: UID in precondition: other, UID in object meta: ",
        () ->
            desk.update(
                Kinds.SECRET, "default/x", secret.with(Tree.of("other"), "metadata", "uid")));
  }

  @Test
  void a_replacement_of_a_missing_object_is_not_found_but_events_are_made() {
    refused(
        Reason.NotFound,
        "secrets \"x\" not found",
        () -> desk.update(Kinds.SECRET, "default/x", json(SECRET)));
    var event =
        json("{'metadata':{'name':'e','namespace':'default'},'involvedObject':{'kind':'Node'}}");
    var answer =
        (Answer.One) desk.ask(named(Kinds.EVENT, "default/e"), new Verb.Update(Body.of(event)));
    assertThat(answer.created()).isTrue();
  }

  @Test
  void what_changes_nothing_keeps_the_version_and_tells_nobody() {
    var secret = desk.create(Kinds.SECRET, SECRET);
    var watch = desk.watch(Kinds.SECRET, Selection.ALL, "" + version(secret), false);
    assertThat(desk.update(Kinds.SECRET, "default/x", secret)).isEqualTo(secret);
    assertThat(desk.merge(Kinds.SECRET, "default/x", "{'type':'Opaque'}")).isEqualTo(secret);
    assertThat(watch.next(Duration.ZERO)).isEmpty();
  }

  // --- patches -----------------------------------------------------------------------------------

  @Test
  void a_patch_with_a_version_is_a_lock() {
    desk.create(Kinds.SECRET, SECRET);
    refused(
        Reason.Conflict,
        "the object has been modified",
        () ->
            desk.merge(
                Kinds.SECRET, "default/x", "{'metadata':{'resourceVersion':'1'},'data':{}}"));
  }

  @Test
  void the_status_of_an_object_without_one_can_be_replaced() {
    desk.create(Kinds.NODE, "{'metadata':{'name':'n'}}");
    var patch = json("[{'op':'replace','path':'/status','value':{'phase':'Running'}}]");
    var node =
        desk.ask(
            named(Kinds.NODE, "n").sub("status"),
            new Verb.Change(new Patching.Json(Body.of(patch))));
    assertThat(Desk.one(node).text("status", "phase")).isEqualTo("Running");
  }

  @Test
  void a_patch_that_does_not_fit_is_unprocessable_and_one_that_is_none_is_a_bad_request() {
    desk.create(Kinds.SECRET, SECRET);
    var target = named(Kinds.SECRET, "default/x");
    var remove = Body.of(json("[{'op':'remove','path':'/none'}]"));
    var refusal =
        refused(
            Reason.Invalid,
            "the server rejected our request due to an error in our request",
            () -> desk.ask(target, new Verb.Change(new Patching.Json(remove))));
    assertThat(refusal.causes()).isEmpty();
    refused(
        Reason.BadRequest,
        "error decoding patch",
        () -> desk.ask(target, new Verb.Change(new Patching.Json(Body.of(json("{}"))))));
  }

  @Test
  void the_resizers_patch_changes_conditions_by_their_type() {
    desk.create(Kinds.CLAIM, claim());
    desk.mergeStatus(
        Kinds.CLAIM, "default/x", "{'status':{'conditions':[{'type':'A','status':'True'}]}}");
    var patch =
        json(
            "{'status':{'$setElementOrder/conditions':[{'type':'A'},{'type':'B'}],"
                + "'conditions':[{'type':'B','status':'True'}],"
                + "'allocatedResources':{'storage':'2Gi'}}}");
    var claim =
        Desk.one(
            desk.ask(
                named(Kinds.CLAIM, "default/x").sub("status"),
                new Verb.Change(new Patching.Strategic(Body.of(patch)))));
    assertThat(claim.at("status", "conditions").items()).hasSize(2);
    assertThat(claim.text("status", "allocatedResources", "storage")).isEqualTo("2Gi");
  }

  // --- dry runs ----------------------------------------------------------------------------------

  @Test
  void a_dry_run_answers_and_stores_nothing() {
    var secret = desk.create(Kinds.SECRET, SECRET);
    desk.writing(new Writing(true, UnknownFields.REFUSE));
    assertThat(desk.create(Kinds.STORAGE_CLASS, CLASS).text("metadata", "resourceVersion"))
        .isEmpty();
    var changed = desk.merge(Kinds.SECRET, "default/x", "{'data':{'k':''}}");
    assertThat(changed.text("data", "k")).isEmpty();
    assertThat(version(changed)).isEqualTo(version(secret));
    desk.delete(Kinds.SECRET, "default/x");
    assertThat(desk.get(Kinds.SECRET, "default/x")).isEqualTo(secret);
    assertThat(desk.names(Kinds.STORAGE_CLASS, Selection.ALL)).isEmpty();
  }

  // --- deleting ----------------------------------------------------------------------------------

  @Test
  void a_deletion_answers_with_the_last_state_in_its_own_version() {
    var secret = desk.create(Kinds.SECRET, SECRET);
    var gone = desk.delete(Kinds.SECRET, "default/x");
    assertThat(version(gone)).isEqualTo(version(secret) + 1);
    assertThat(gone.at("data")).isEqualTo(secret.at("data"));
  }

  @Test
  void removing_the_last_finalizer_answers_in_the_old_version() {
    desk.create(Kinds.CLAIM, claim());
    var deleting = desk.delete(Kinds.CLAIM, "default/x");
    assertThat(deleting.number(-1, "metadata", "deletionGracePeriodSeconds")).isZero();
    var gone = desk.merge(Kinds.CLAIM, "default/x", "{'metadata':{'finalizers':null}}");
    assertThat(version(gone)).isEqualTo(version(deleting));
    refused(
        Reason.NotFound,
        "persistentvolumeclaims \"x\" not found",
        () -> desk.get(Kinds.CLAIM, "default/x"));
  }

  @Test
  void a_pods_grace_can_only_become_shorter() {
    desk.create(Kinds.POD, POD);
    bind("n");
    deletePod(60);
    assertThat(ending()).isEqualTo("2026-01-01T00:01:00Z 60");
    deletePod(-1);
    deletePod(90);
    assertThat(ending()).isEqualTo("2026-01-01T00:01:00Z 60");
    deletePod(10);
    assertThat(ending()).isEqualTo("2026-01-01T00:00:10Z 10");
  }

  private String ending() {
    var meta = desk.get(Kinds.POD, "default/x").at("metadata");
    return meta.text("deletionTimestamp") + " " + meta.number(0, "deletionGracePeriodSeconds");
  }

  private void deletePod(long grace) {
    desk.ask(named(Kinds.POD, "default/x"), new Verb.Delete(new Deletion("", "", grace)));
  }

  private void bind(String node) {
    var binding = Body.of(json("{'target':{'kind':'Node','name':'" + node + "'}}"));
    desk.ask(named(Kinds.POD, "default/x").sub("binding"), new Verb.Create(binding));
  }

  @Test
  void watchers_see_a_pods_mark_before_its_end() {
    var pod = desk.create(Kinds.POD, POD);
    var watch = desk.watch(Kinds.POD, Selection.ALL, "" + version(pod), false);
    deletePod(-1);
    assertThat(watch.next(Duration.ZERO))
        .hasValueSatisfying(told -> assertThat(told).isInstanceOf(Told.Modified.class));
    assertThat(watch.next(Duration.ZERO))
        .hasValueSatisfying(told -> assertThat(told).isInstanceOf(Told.Deleted.class));
  }

  @Test
  void a_finished_pod_needs_no_grace() {
    desk.create(Kinds.POD, POD);
    bind("n");
    desk.mergeStatus(Kinds.POD, "default/x", "{'status':{'phase':'Succeeded'}}");
    deletePod(-1);
    assertThat(desk.names(Kinds.POD, Selection.ALL)).isEmpty();
  }

  @Test
  void a_pod_held_by_a_finalizer_ends_when_its_grace_and_finalizer_are_over() {
    desk.create(Kinds.POD, POD.replace("'name':'x'", "'name':'x','finalizers':['x.y/z']"));
    bind("n");
    deletePod(-1);
    deletePod(0);
    assertThat(ending()).isEqualTo("2026-01-01T00:00:00Z 0");
    desk.merge(Kinds.POD, "default/x", "{'metadata':{'finalizers':null}}");
    assertThat(desk.names(Kinds.POD, Selection.ALL)).isEmpty();
  }

  @Test
  void binding_a_pod_marks_it_scheduled_once() {
    desk.create(Kinds.POD, POD);
    bind("n");
    var pod = desk.get(Kinds.POD, "default/x");
    assertThat(pod.text("spec", "nodeName")).isEqualTo("n");
    assertThat(pod.at("status", "conditions").items().getFirst().text("type"))
        .isEqualTo("PodScheduled");
    refused(Reason.Conflict, "is already assigned to node \"n\"", () -> bind("m"));
    refused(Reason.Invalid, "target.name: Required value", () -> bind(""));
    desk.delete(Kinds.POD, "default/x");
    refused(Reason.Conflict, "is being deleted, cannot be assigned to a host", () -> bind("m"));
  }

  @Test
  void a_selection_is_deleted_as_a_whole() {
    for (String name : List.of("a", "b", "c"))
      desk.create(Kinds.STORAGE_CLASS, CLASS.replace("'x'", "'" + name + "'"));
    var selection =
        new Selection("", List.of(), List.of(new Selection.Field("metadata.name", "b", false)));
    var gone =
        (Answer.Many)
            desk.ask(
                Target.in(Kinds.STORAGE_CLASS, ""), new Verb.DeleteAll(selection, Deletion.ANY));
    assertThat(gone.items()).hasSize(2);
    assertThat(desk.names(Kinds.STORAGE_CLASS, Selection.ALL)).containsExactly("b");
  }

  // --- lists -------------------------------------------------------------------------------------

  @Test
  void pages_stay_at_the_version_of_the_first_one() {
    for (int i = 0; i < 10; i++)
      desk.create(Kinds.STORAGE_CLASS, CLASS.replace("'x'", "'c" + i + "'"));
    var first = desk.list(Kinds.STORAGE_CLASS, Selection.ALL, new Page("", false, 4, ""));
    assertThat(first.items()).hasSize(4);
    assertThat(first.remaining()).isEqualTo(6);
    desk.delete(Kinds.STORAGE_CLASS, "c5");
    desk.create(Kinds.STORAGE_CLASS, CLASS.replace("'x'", "'c55'"));
    var names = new ArrayList<String>();
    var page = first;
    while (true) {
      assertThat(page.version()).isEqualTo(first.version());
      page.items().forEach(item -> names.add(item.text("metadata", "name")));
      if (page.from().isEmpty()) break;
      page = desk.list(Kinds.STORAGE_CLASS, Selection.ALL, new Page("", false, 4, page.from()));
    }
    assertThat(names).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9");
  }

  @Test
  void a_page_that_is_too_old_is_expired() {
    var small = Desk.remembering(3);
    for (int i = 0; i < 4; i++)
      small.create(Kinds.STORAGE_CLASS, CLASS.replace("'x'", "'c" + i + "'"));
    var first = small.list(Kinds.STORAGE_CLASS, Selection.ALL, new Page("", false, 2, ""));
    for (int i = 0; i < 5; i++)
      small.merge(Kinds.STORAGE_CLASS, "c0", "{'metadata':{'labels':{'a':'" + i + "'}}}");
    refused(
        Reason.Expired,
        "The provided continue parameter is too old",
        () -> small.list(Kinds.STORAGE_CLASS, Selection.ALL, new Page("", false, 2, first.from())));
  }

  @Test
  void a_list_can_go_back_to_an_exact_version() {
    var created = desk.create(Kinds.STORAGE_CLASS, CLASS);
    desk.delete(Kinds.STORAGE_CLASS, "x");
    var then =
        desk.list(Kinds.STORAGE_CLASS, Selection.ALL, new Page("" + version(created), true, 0, ""));
    assertThat(then.items()).containsExactly(created);
    assertThat(then.version()).isEqualTo("" + version(created));
  }

  @Test
  void a_version_from_the_future_is_a_timeout_and_a_bad_one_a_bad_request() {
    refused(
        Reason.Timeout,
        "Too large resource version: 999999",
        () -> desk.list(Kinds.POD, Selection.ALL, new Page("999999", false, 0, "")));
    refused(
        Reason.BadRequest,
        "resourceVersion: Invalid value",
        () -> desk.list(Kinds.POD, Selection.ALL, new Page("x", false, 0, "")));
    refused(
        Reason.BadRequest,
        "continue key is not valid",
        () -> desk.list(Kinds.POD, Selection.ALL, new Page("", false, 0, "x y")));
  }

  @Test
  void fields_that_cannot_be_selected_by_are_refused() {
    var selection =
        new Selection("", List.of(), List.of(new Selection.Field("spec.foo", "x", true)));
    refused(
        Reason.BadRequest,
        "\"spec.foo\" is not a known field selector: only \"metadata.name\","
            + " \"metadata.namespace\"",
        () -> desk.names(Kinds.CLAIM, selection));
    refused(
        Reason.BadRequest,
        "field label not supported: spec.foo",
        () -> desk.names(Kinds.POD, selection));
  }

  @Test
  void pods_are_selected_by_their_node_and_phase() {
    desk.create(Kinds.POD, POD);
    desk.create(Kinds.POD, POD.replace("'name':'x'", "'name':'y'"));
    bind("n");
    var onNode =
        new Selection(
            "",
            List.of(),
            List.of(
                new Selection.Field("spec.nodeName", "n", true),
                new Selection.Field("status.phase", "Succeeded", false)));
    assertThat(desk.names(Kinds.POD, onNode)).containsExactly("x");
  }

  // --- secrets -----------------------------------------------------------------------------------

  @Test
  void no_refusal_quotes_a_secret() {
    var secret = SECRET.replace("c2VjcmV0", "%%hidden%%");
    var refusal =
        refused(Reason.BadRequest, "illegal base64", () -> desk.create(Kinds.SECRET, secret));
    assertThat(refusal.getMessage()).doesNotContain("hidden");
  }

  private static String claim() {
    return "{'metadata':{'name':'x'},'spec':{'accessModes':['ReadWriteOnce'],"
        + "'resources':{'requests':{'storage':'1Gi'}}}}";
  }

  private static long version(Tree object) {
    return Long.parseLong(object.text("metadata", "resourceVersion"));
  }
}
