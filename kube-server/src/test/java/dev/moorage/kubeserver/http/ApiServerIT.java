package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.base.Bytes;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.store.TreeJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The contract of the front, over real HTTPS.
class ApiServerIT {
  private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
  private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
  private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
  private static final String MERGE = "application/merge-patch+json";

  private final Served server = new Served();

  @AfterEach
  void end() {
    server.close();
  }

  private static String claim(String name) {
    return """
    {'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'%s'},
    'spec':{'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}\
    """
        .formatted(name);
  }

  private static String storageClass(String name) {
    return "{'metadata':{'name':'%s'},'provisioner':'loop.moorage.dev'}".formatted(name);
  }

  // Who may ask

  @Test
  void without_the_token_only_version_and_health_are_told() {
    assertThat(server.send(server.withoutToken("/version")).text("major")).isEqualTo("1");
    assertThat(server.send(server.withoutToken("/readyz")).text()).isEqualTo("ok");
    var refused = server.send(server.withoutToken("/api"));
    assertThat(refused.code()).isEqualTo(401);
    assertThat(refused.text("reason")).isEqualTo("Unauthorized");
    var wrong = server.withoutToken("/version").header("Authorization", "Bearer guess");
    assertThat(server.send(wrong).code()).isEqualTo(401);
  }

  @Test
  void rights_are_not_lent() {
    var asked = server.to(CLAIMS).header("Impersonate-User", "jane");
    assertThat(server.send(asked).code()).isEqualTo(403);
  }

  // What there is

  @Test
  void resources_are_discovered_in_both_forms() {
    var plain = server.get("/api/v1").tree();
    assertThat(plain.at("resources").items())
        .extracting(one -> one.text("name"))
        .contains("pods", "pods/binding", "pods/status", "namespaces/finalize");
    assertThat(server.get("/apis").tree().at("groups").items())
        .extracting(one -> one.text("preferredVersion", "groupVersion"))
        .contains("storage.k8s.io/v1", "authentication.k8s.io/v1");
    var accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    var aggregated = server.get("/apis", accept);
    assertThat(aggregated.type()).isEqualTo(accept);
    assertThat(aggregated.text("kind")).isEqualTo("APIGroupDiscoveryList");
  }

  @Test
  void unknown_paths_methods_and_media_types_are_refused_as_statuses() {
    assertThat(server.get("/apis/example.com/v1/things").code()).isEqualTo(404);
    assertThat(server.get("/api/v1/things").text("reason")).isEqualTo("NotFound");
    assertThat(server.post("/api/v1/persistentvolumeclaims", claim("a")).code()).isEqualTo(405);
    assertThat(server.send(server.to(CLAIMS).method("OPTIONS", BodyPublishers.noBody())).code())
        .isEqualTo(405);
    assertThat(server.get(CLAIMS, "application/yaml").code()).isEqualTo(406);
    assertThat(server.send(server.body("POST", CLAIMS, "text/plain", claim("a"))).code())
        .isEqualTo(415);
    assertThat(server.patch(CLAIMS + "/a", "application/apply-patch+yaml", "{}").code())
        .isEqualTo(415);
  }

  @Test
  void openapi_is_enough_for_kubectl() {
    var index = server.get("/openapi/v3").tree();
    var url = index.text("paths", "api/v1", "serverRelativeURL");
    var patch =
        server
            .get(url)
            .tree()
            .at("paths", "/api/v1/namespaces/{namespace}/persistentvolumeclaims/{name}", "patch");
    assertThat(patch.text("x-kubernetes-group-version-kind", "kind"))
        .isEqualTo("PersistentVolumeClaim");
    assertThat(patch.at("parameters").items())
        .extracting(one -> one.text("name"))
        .contains("fieldValidation");
    var v2 =
        server.get("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");
    assertThat(v2.text()).isEmpty();
    assertThat(v2.type()).contains("spec.v2.v1.0+protobuf");
  }

  // Objects

  @Test
  void an_object_lives_through_all_verbs() {
    var created = server.post(CLAIMS, claim("data"));
    assertThat(created.code()).isEqualTo(201);
    assertThat(created.text("status", "phase")).isEqualTo("Pending");
    var one = CLAIMS + "/data";
    assertThat(server.post(CLAIMS, claim("data")).text("reason")).isEqualTo("AlreadyExists");
    assertThat(server.patch(one, MERGE, "{'metadata':{'labels':{'tier':'gold'}}}").code())
        .isEqualTo(200);
    assertThat(
            server
                .patch(
                    one,
                    "application/json-patch+json",
                    "[{'op':'add','path':'/metadata/annotations','value':{'a':'b'}}]")
                .text("metadata", "annotations", "a"))
        .isEqualTo("b");
    assertThat(
            server
                .patch(
                    one + "/status",
                    "application/strategic-merge-patch+json",
                    "{'status':{'conditions':[{'type':'Resizing','status':'True'}]}}")
                .code())
        .isEqualTo(200);
    var stale = server.get(one).tree().with(Tree.of("1"), "metadata", "resourceVersion");
    assertThat(server.put(one, TreeJson.write(stale)).text("reason")).isEqualTo("Conflict");
    var deleted = server.delete(one);
    assertThat(deleted.text("kind")).isEqualTo("PersistentVolumeClaim");
    assertThat(deleted.text("metadata", "deletionTimestamp")).isNotEmpty();
    server.patch(one, MERGE, "{'metadata':{'finalizers':null}}");
    var gone = server.get(one);
    assertThat(gone.code()).isEqualTo(404);
    assertThat(gone.text("details", "kind")).isEqualTo("persistentvolumeclaims");
  }

  @Test
  void unknown_fields_are_refused_warned_of_or_dropped() {
    var odd = "{'metadata':{'name':'odd'},'provisioner':'a','colour':'red'}";
    var strict = server.post(CLASSES + "?fieldValidation=Strict", odd);
    assertThat(strict.code()).isEqualTo(400);
    assertThat(strict.text("message")).contains("unknown field \"colour\"");
    assertThat(server.post(CLASSES + "?fieldValidation=Sometimes", odd).code()).isEqualTo(422);
    var warned = server.post(CLASSES + "?dryRun=All", odd);
    assertThat(warned.response().headers().firstValue("Warning"))
        .contains("299 - \"unknown field \\\"colour\\\"\"");
    assertThat(server.get(CLASSES + "/odd").code()).as("a dry run stores nothing").isEqualTo(404);
  }

  @Test
  void a_deletion_answers_a_status_for_the_kinds_that_do_so() {
    server.post("/api/v1/namespaces/default/secrets", "{'metadata':{'name':'s'}}");
    var options = "{'propagationPolicy':'Background','preconditions':{'uid':'another'}}";
    var path = "/api/v1/namespaces/default/secrets/s";
    assertThat(server.send(server.body("DELETE", path, "application/json", options)).code())
        .isEqualTo(409);
    var gone = server.delete(path);
    assertThat(gone.text("status")).isEqualTo("Success");
    assertThat(gone.text("details", "uid")).isNotEmpty();
  }

  @Test
  void lists_come_in_pages_and_selections() {
    for (String name : List.of("a", "b", "c")) server.post(CLASSES, storageClass(name));
    var first = server.get(CLASSES + "?limit=2").tree();
    assertThat(first.text("kind")).isEqualTo("StorageClassList");
    assertThat(first.at("items").items()).hasSize(2);
    assertThat(first.number(0, "metadata", "remainingItemCount")).isEqualTo(1);
    var rest =
        server.get(CLASSES + "?limit=2&continue=" + first.text("metadata", "continue")).tree();
    assertThat(rest.at("items").items())
        .extracting(one -> one.text("metadata", "name"))
        .containsExactly("c");
    assertThat(server.get(CLASSES + "?fieldSelector=metadata.name%3Db").tree().at("items").items())
        .hasSize(1);
    assertThat(server.get(CLASSES + "?fieldSelector=provisioner%3Db").code()).isEqualTo(400);
    assertThat(server.get(CLASSES + "?labelSelector=%21%21").code()).isEqualTo(400);
    server.send(server.to(CLASSES + "?fieldSelector=metadata.name%21%3Da").DELETE());
    assertThat(server.get(CLASSES).tree().at("items").items()).hasSize(1);
  }

  @Test
  void tables_carry_the_official_columns() {
    server.post(CLAIMS, claim("data"));
    var table = server.get(CLAIMS, TABLE).tree();
    assertThat(table.text("kind")).isEqualTo("Table");
    assertThat(table.at("columnDefinitions").items())
        .extracting(column -> column.text("name"))
        .containsExactly(
            "Name",
            "Status",
            "Volume",
            "Capacity",
            "Access Modes",
            "StorageClass",
            "VolumeAttributesClass",
            "Age",
            "VolumeMode");
    var row = table.at("rows").items().getFirst();
    assertThat(row.at("cells").textList())
        .startsWith("data", "Pending", "", "", "", "", "<unset>")
        .endsWith("Filesystem");
    assertThat(row.text("object", "kind")).isEqualTo("PartialObjectMetadata");
    var metadata =
        server.get(CLAIMS, "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
    assertThat(metadata.text("kind")).isEqualTo("PartialObjectMetadataList");
  }

  @Test
  void small_kinds_have_their_columns() {
    columns("/api/v1/configmaps", "Name", "Data", "Age");
    columns("/api/v1/serviceaccounts", "Name", "Age");
    columns("/apis/coordination.k8s.io/v1/leases", "Name", "Holder", "Age");
    columns("/apis/storage.k8s.io/v1/volumeattributesclasses", "Name", "DriverName", "Age");
    var rows = server.get("/api/v1/namespaces/default/configmaps", TABLE).tree().at("rows");
    assertThat(rows.items().getFirst().at("cells").items().subList(0, 2))
        .containsExactly(Tree.of("kube-root-ca.crt"), Tree.of(1));
  }

  private void columns(String path, String... names) {
    assertThat(server.get(path, TABLE).tree().at("columnDefinitions").items())
        .extracting(column -> column.text("name"))
        .containsExactly(names);
  }

  @Test
  void a_service_account_gets_no_token() {
    var asked = "/api/v1/namespaces/default/serviceaccounts/default/token";
    var refused = server.post(asked, "{'spec':{}}");
    assertThat(refused.code()).isEqualTo(405);
    assertThat(refused.text("message")).isEqualTo("Moorage does not serve serviceaccounts/token");
  }

  // Watches

  private static Tree line(BufferedReader reader) throws IOException {
    return TreeJson.read(reader.readLine());
  }

  private BufferedReader watch(String path) {
    return new BufferedReader(new InputStreamReader(server.open(path), StandardCharsets.UTF_8));
  }

  @Test
  void a_watch_tells_what_is_there_and_what_comes() throws IOException {
    server.post(CLASSES, storageClass("a"));
    try (var lines = watch(CLASSES + "?watch=1&allowWatchBookmarks=true&timeoutSeconds=30")) {
      assertThat(line(lines).text("object", "metadata", "name")).isEqualTo("a");
      var bookmark = line(lines);
      assertThat(bookmark.text("type")).isEqualTo("BOOKMARK");
      assertThat(bookmark.text("object", "kind")).isEqualTo("StorageClass");
      server.post(CLASSES, storageClass("b"));
      assertThat(line(lines).text("type")).isEqualTo("ADDED");
      server.delete(CLASSES + "/b");
      assertThat(line(lines).text("type")).isEqualTo("DELETED");
    }
  }

  @Test
  void a_watch_resumes_and_ends_in_time() throws IOException {
    var version = server.get(CLASSES).text("metadata", "resourceVersion");
    server.post(CLASSES, storageClass("a"));
    var path = CLASSES + "?watch=true&timeoutSeconds=3&resourceVersion=" + version;
    try (var lines = watch(path + "&allowWatchBookmarks=true");
        var plain = watch(path)) {
      assertThat(line(lines).text("object", "metadata", "name")).isEqualTo("a");
      assertThat(line(lines).text("type")).isEqualTo("BOOKMARK");
      assertThat(lines.readLine()).isNull();
      assertThat(line(plain).text("object", "metadata", "name")).isEqualTo("a");
      assertThat(plain.readLine()).isNull();
    }
  }

  @Test
  void a_streaming_list_is_closed_by_its_bookmark() throws IOException {
    server.post(CLASSES, storageClass("a"));
    var path =
        CLASSES
            + "?watch=true&sendInitialEvents=true&allowWatchBookmarks=true&timeoutSeconds=30"
            + "&resourceVersionMatch=NotOlderThan";
    try (var lines = watch(path)) {
      assertThat(line(lines).text("type")).isEqualTo("ADDED");
      assertThat(line(lines).text("object", "metadata", "annotations", "k8s.io/initial-events-end"))
          .isEqualTo("true");
    }
    assertThat(server.get(CLASSES + "?watch=true&sendInitialEvents=true").code()).isEqualTo(422);
  }

  // Questions and protobuf

  @Test
  void clients_may_ask_who_they_are_and_what_they_may() {
    var who =
        server.post(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{'kind':'SelfSubjectReview'}");
    assertThat(who.code()).isEqualTo(201);
    assertThat(who.text("status", "userInfo", "username")).isEqualTo("system:moorage:admin");
    var may =
        server.post(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{'spec':{'resourceAttributes':{'verb':'get','resource':'pods'}}}");
    assertThat(may.tree().truth(false, "status", "allowed")).isTrue();
  }

  // Limits

  @Test
  void options_without_sense_are_refused_by_name() {
    optionRefused("?fieldManager=" + "x".repeat(129), "fieldManager: Too long: may not be more");
    optionRefused("?fieldManager=a%0Ab", "fieldManager: Invalid value");
    optionRefused("?fieldValidation=strict", "values: \"\", \"Ignore\", \"Strict\", \"Warn\"");
    var both =
        server.send(
            server.body(
                "DELETE",
                CLASSES + "/x",
                "application/json",
                "{'propagationPolicy':'Orphan','orphanDependents':true}"));
    assertThat(both.code()).isEqualTo(422);
    assertThat(both.text("message")).contains("cannot be both set");
    var other =
        server.send(server.body("DELETE", CLASSES + "/x", "application/json", "{'kind':'Pod'}"));
    assertThat(other.code()).isEqualTo(400);
    assertThat(server.get(CLASSES + "?timeoutSeconds=x").code()).isEqualTo(400);
    var table =
        server.get(CLASSES + "?includeObject=Bad", "application/json;as=Table;v=v1;g=meta.k8s.io");
    assertThat(table.code()).isEqualTo(400);
  }

  private void optionRefused(String query, String message) {
    var refused = server.post(CLASSES + query, "{'metadata':{'name':'x'},'provisioner':'p'}");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.text("message")).contains(message);
  }

  @Test
  void a_question_that_asks_nothing_is_invalid() {
    var refused =
        server.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", "{'spec':{}}");
    assertThat(refused.code()).isEqualTo(422);
    assertThat(refused.text("message")).contains("exactly one of nonResourceAttributes");
  }

  @Test
  void a_body_beyond_the_limit_is_refused() {
    try (var small =
        new Served(
            new Settings(
                0, 10, 1, new Bytes(100), Duration.ofMinutes(1), Duration.ofSeconds(30)))) {
      var large = small.post(CLASSES, storageClass("a".repeat(200)));
      assertThat(large.code()).isEqualTo(413);
      assertThat(large.text("reason")).isEqualTo("RequestEntityTooLarge");
    }
  }

  @Test
  void a_watch_beyond_the_limit_is_refused() throws IOException {
    try (var small =
        new Served(
            new Settings(0, 10, 1, Bytes.mebi(1), Duration.ofMinutes(1), Duration.ofSeconds(30)))) {
      try (var first = small.open(CLASSES + "?watch=true&timeoutSeconds=30")) {
        var second = small.get(CLASSES + "?watch=true&timeoutSeconds=30");
        assertThat(second.code()).isEqualTo(429);
        assertThat(second.response().headers().firstValue("Retry-After")).contains("1");
        assertThat(first).isNotNull();
      }
    }
  }
}
