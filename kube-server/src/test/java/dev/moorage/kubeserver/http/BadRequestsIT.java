package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.kube.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong with a request => the Status that a real API server gives, one row each.
class BadRequestsIT {
  private static final String CORE = "/api/v1/namespaces/default/";
  private static final String CLAIMS = CORE + "persistentvolumeclaims";
  private static final String SECRETS = CORE + "secrets";
  private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
  private static final String STRICT = "?fieldValidation=Strict";
  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";
  private static final String MERGE = "application/merge-patch+json";
  private static final String STRATEGIC = "application/strategic-merge-patch+json";
  private static final String JSON_PATCH = "application/json-patch+json";

  private static final String CLAIM =
      "{'metadata':{'name':'bad'},'spec':{'accessModes':['ReadWriteOnce'],"
          + "'resources':{'requests':{'storage':'1Gi'}}}}";
  private static final String AS_CLAIM =
      "PersistentVolumeClaim in version \"v1\" cannot be handled as a PersistentVolumeClaim: ";

  private static Served server;

  @BeforeAll
  static void serve() {
    server = new Served();
    server.post(CLAIMS, CLAIM.replace("bad", "good"));
    server.post(CLASSES, "{'metadata':{'name':'good'},'provisioner':'p'}");
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /// A request.
  record Sent(String method, String path, String type, String body) {}

  /// The Status expected.
  ///
  /// @param causes `reason field` of each
  record Row(Sent sent, int code, String reason, String message, List<String> causes) {
    @Override
    public String toString() {
      return sent.method
          + " "
          + sent.body.substring(0, Math.min(60, sent.body.length()))
          + " => "
          + code
          + " "
          + reason;
    }
  }

  private static Row post(String path, String type, String body, int code, String... said) {
    return row(new Sent("POST", path, type, body), code, said);
  }

  private static Row patch(String path, String type, String body, int code, String... said) {
    return row(new Sent("PATCH", path, type, body), code, said);
  }

  private static Row put(String path, String body, int code, String... said) {
    return row(new Sent("PUT", path, JSON, body), code, said);
  }

  private static Row row(Sent sent, int code, String... said) {
    return new Row(sent, code, said[0], said[1], List.of(said).subList(2, said.length));
  }

  static Stream<Row> texts() {
    var unrecognized = "the object provided is unrecognized (must be of type ";
    return Stream.of(
        post(
            CLAIMS,
            JSON,
            "{'metadata':",
            400,
            "BadRequest",
            unrecognized + "PersistentVolumeClaim): couldn't get version/kind; json parse error"),
        post(CLAIMS, JSON, "", 400, "BadRequest", unrecognized),
        post(CLAIMS, JSON, CLAIM + "}", 400, "BadRequest", unrecognized),
        post(CLAIMS, JSON, "[]", 400, "BadRequest", AS_CLAIM),
        post(CLAIMS, JSON, "null", 400, "BadRequest", AS_CLAIM),
        post(
            SECRETS,
            YAML,
            "a: [1",
            400,
            "BadRequest",
            unrecognized + "Secret): error converting YAML to JSON: yaml: line 1: "),
        post(SECRETS, YAML, "a: {b: &x [*x]}", 400, "BadRequest", "yaml: line 1: "),
        post(
            SECRETS,
            YAML,
            "metadata: {name: a}\nimmutable: 1",
            400,
            "BadRequest",
            "cannot unmarshal number into Go struct field immutable of type bool"),
        post(
            CLAIMS,
            "text/plain",
            CLAIM,
            415,
            "UnsupportedMediaType",
            "accepted media types include: application/json, application/yaml,"
                + " application/vnd.kubernetes.protobuf"),
        post(CLAIMS, "application/cbor", CLAIM, 415, "UnsupportedMediaType", "unknown format"),
        post(CLAIMS, "application/vnd.kubernetes.protobuf", "k8s?", 400, "BadRequest", ""),
        post(
            SECRETS,
            JSON,
            "{'data':'" + "x".repeat(3 << 20) + "'}",
            413,
            "RequestEntityTooLarge",
            "limit is 3145728"));
  }

  static Stream<Row> types() {
    return Stream.of(
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("['ReadWriteOnce']", "'RWO'"),
            400,
            "BadRequest",
            AS_CLAIM + "json: cannot unmarshal string into Go struct field spec.accessModes"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("'ReadWriteOnce'", "7"),
            400,
            "BadRequest",
            AS_CLAIM + "json: cannot unmarshal number into Go struct field spec.accessModes[0]"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("'1Gi'", "'1Gib'"),
            400,
            "BadRequest",
            "quantities must match the regular expression"),
        post(CLAIMS, JSON, CLAIM.replace("'1Gi'", "true"), 400, "BadRequest", AS_CLAIM),
        post(
            CLAIMS,
            JSON,
            "{'kind':'Pod'}",
            400,
            "BadRequest",
            "Pod in version \"v1\" cannot be handled as a PersistentVolumeClaim"),
        post(
            CLAIMS,
            JSON,
            "{'apiVersion':'v2'}",
            400,
            "BadRequest",
            "no kind \"PersistentVolumeClaim\" is registered for version \"v2\""),
        post(
            CLAIMS,
            JSON,
            "{'metadata':{'name':'bad','namespace':'other'}}",
            400,
            "BadRequest",
            "the namespace of the provided object does not match the namespace sent on the"
                + " request"),
        post(
            SECRETS,
            JSON,
            "{'metadata':{'name':'bad'},'data':{'k':'%%'}}",
            400,
            "BadRequest",
            "Secret in version \"v1\" cannot be handled as a Secret"),
        patch(
            CLAIMS + "/good",
            MERGE,
            "{'spec':{'accessModes':1}}",
            422,
            "Invalid",
            AS_CLAIM,
            "FieldValueInvalid patch"),
        patch(CLAIMS + "/good", MERGE, "{'spec':", 400, "BadRequest", "error decoding patch"),
        patch(CLAIMS + "/good", JSON_PATCH, "{}", 400, "BadRequest", "error decoding patch"),
        patch(
            CLAIMS + "/good",
            JSON_PATCH,
            "[{'op':'remove','path':'/none'}]",
            422,
            "Invalid",
            "the server rejected our request due to an error in our request"),
        patch(CLAIMS + "/good", STRATEGIC, "[]", 400, "BadRequest", "error decoding patch"),
        patch(CLAIMS + "/good", JSON, "{}", 415, "UnsupportedMediaType", "unknown format"));
  }

  static Stream<Row> fields() {
    var unknown = CLAIM.replace("'resources'", "'acessModes':[],'acessModes':1,'resources'");
    return Stream.of(
        post(
            CLAIMS + STRICT,
            JSON,
            unknown,
            400,
            "BadRequest",
            AS_CLAIM
                + "strict decoding error: unknown field \"spec.acessModes\", duplicate field"
                + " \"spec.acessModes\""),
        post(
            CLAIMS + STRICT,
            YAML,
            "metadata: {name: bad}\nspec: {volumeName: a, volumeName: b}",
            400,
            "BadRequest",
            "strict decoding error: duplicate field \"spec.volumeName\""),
        patch(
            CLAIMS + "/good" + STRICT,
            MERGE,
            "{'spec':{'size':1}}",
            422,
            "Invalid",
            "strict decoding error: unknown field \"spec.size\"",
            "FieldValueInvalid patch"),
        post(
            CLAIMS + "?fieldValidation=Maybe",
            JSON,
            CLAIM,
            422,
            "Invalid",
            "CreateOptions.meta.k8s.io \"\" is invalid: fieldValidation: Unsupported value:"
                + " \"Maybe\"",
            "FieldValueNotSupported fieldValidation"),
        post(
            CLAIMS + "?dryRun=some",
            JSON,
            CLAIM,
            422,
            "Invalid",
            "dryRun: Unsupported value",
            "FieldValueNotSupported dryRun"));
  }

  static Stream<Row> values() {
    var invalid = "PersistentVolumeClaim \"bad\" is invalid: ";
    var longName = "a".repeat(254);
    return Stream.of(
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("'bad'", "'Bad_Name'"),
            422,
            "Invalid",
            "metadata.name: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain must",
            "FieldValueInvalid metadata.name"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("bad", longName),
            422,
            "Invalid",
            "must be no more than 253 characters",
            "FieldValueInvalid metadata.name"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("'name':'bad'", ""),
            422,
            "Invalid",
            "metadata.name: Required value: name or generateName is required",
            "FieldValueRequired metadata.name"),
        post(
            "/api/v1/namespaces",
            JSON,
            "{'metadata':{'name':'a.b'}}",
            422,
            "Invalid",
            "metadata.name: Invalid value: \"a.b\": must not contain dots",
            "FieldValueInvalid metadata.name"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("'1Gi'", "'0'"),
            422,
            "Invalid",
            invalid + "spec.resources[storage]: Invalid value: \"0\": must be greater than zero",
            "FieldValueInvalid spec.resources[storage]"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("'1Gi'", "'-1Gi'"),
            422,
            "Invalid",
            invalid,
            "FieldValueInvalid spec.resources[storage]"),
        post(
            CLAIMS,
            JSON,
            "{'metadata':{'name':'bad'},'spec':{}}",
            422,
            "Invalid",
            invalid + "[",
            "FieldValueRequired spec.accessModes",
            "FieldValueRequired spec.resources[storage]"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("ReadWriteOnce", "Write"),
            422,
            "Invalid",
            invalid + "spec.accessModes: Unsupported value: \"Write\": supported values:",
            "FieldValueNotSupported spec.accessModes"),
        post(
            CLASSES,
            JSON,
            "{'metadata':{'name':'bad'}}",
            422,
            "Invalid",
            "StorageClass.storage.k8s.io \"bad\" is invalid: provisioner: Required value",
            "FieldValueRequired provisioner"),
        post(
            CLAIMS,
            JSON,
            CLAIM.replace("bad", "good"),
            409,
            "AlreadyExists",
            "persistentvolumeclaims \"good\" already exists"),
        post(
            "/api/v1/namespaces/none/secrets",
            JSON,
            "{'metadata':{'name':'a'}}",
            404,
            "NotFound",
            "namespaces \"none\" not found"));
  }

  static Stream<Row> changes() {
    var good = CLAIMS + "/good";
    return Stream.of(
        patch(
            good,
            MERGE,
            "{'spec':{'volumeMode':'Block'}}",
            422,
            "Invalid",
            "PersistentVolumeClaim \"good\" is invalid: [spec: Forbidden: spec is immutable after"
                + " creation except resources.requests and volumeAttributesClassName for bound"
                + " claims, spec.volumeMode: Invalid value: \"Block\": field is immutable]",
            "FieldValueForbidden spec",
            "FieldValueInvalid spec.volumeMode"),
        patch(
            CLASSES + "/good",
            MERGE,
            "{'provisioner':'q'}",
            422,
            "Invalid",
            "provisioner: Invalid value: \"q\": field is immutable",
            "FieldValueInvalid provisioner"),
        patch(
            good,
            MERGE,
            "{'metadata':{'uid':'other'}}",
            422,
            "Invalid",
            "metadata.uid: Invalid value: \"other\": field is immutable",
            "FieldValueInvalid metadata.uid"),
        patch(
            good,
            MERGE,
            "{'metadata':{'name':'other'}}",
            400,
            "BadRequest",
            "the name of the object (other) does not match the name on the URL (good)"),
        patch(
            good,
            MERGE,
            "{'metadata':{'resourceVersion':'1'}}",
            409,
            "Conflict",
            "Operation cannot be fulfilled on persistentvolumeclaims \"good\": the object has been"
                + " modified; please apply your changes to the latest version and try again"),
        put(good, CLAIM, 400, "BadRequest", "does not match the name on the URL"),
        put(
            CLAIMS + "/none",
            CLAIM.replace("bad", "none"),
            404,
            "NotFound",
            "persistentvolumeclaims \"none\" not found"),
        put(
            good,
            CLAIM.replace("'bad'", "'good','uid':'other'"),
            409,
            "Conflict",
            "Precondition failed: UID in precondition: other"));
  }

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (var some : List.of(texts(), types(), fields(), values(), changes()))
      some.forEach(rows::add);
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void is_refused_as_a_real_server_does(Row row) {
    var sent = row.sent();
    var got = server.send(server.body(sent.method(), sent.path(), sent.type(), sent.body()));
    var status = got.tree();
    assertThat(status.text("message")).contains(row.message());
    assertThat(status.text("reason")).isEqualTo(row.reason());
    assertThat(got.code()).isEqualTo(row.code());
    assertThat(status.number(0, "code")).isEqualTo(row.code());
    assertThat(status.text("kind") + status.text("status")).isEqualTo("StatusFailure");
    assertThat(status.at("details", "causes").items())
        .extracting(BadRequestsIT::cause)
        .containsExactlyElementsOf(row.causes());
  }

  private static String cause(Tree cause) {
    return cause.text("reason") + " " + cause.text("field");
  }

  @Test
  void yaml_is_taken_as_kubectl_raw_sends_it() {
    var made =
        server.send(
            server.body(
                "POST",
                CORE + "configmaps" + STRICT,
                YAML,
                "metadata: {name: from-yaml, labels: {a: \"1\"}}\ndata:\n  k: |\n    line\n"));
    assertThat(made.code()).isEqualTo(201);
    assertThat(made.text("data", "k")).isEqualTo("line\n");
  }

  @Test
  void no_refusal_of_a_broken_body_quotes_it() {
    for (String type : List.of(JSON, YAML)) {
      var got = server.send(server.body("POST", SECRETS, type, "{'data': {'k': 'c2VjcmV0', ]"));
      assertThat(got.code()).isEqualTo(400);
      assertThat(got.text()).doesNotContain("c2VjcmV0");
    }
  }
}
