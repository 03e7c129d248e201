package dev.moorage.kubeserver.http;

import dev.moorage.kube.Kind;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.schema.Schema;
import dev.moorage.kubeserver.schema.Schemas;
import dev.moorage.kubeserver.store.TreeJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Describes the kinds: as much of OpenAPI as kubectl needs to leave the validation to the server,
/// and to explain fields.
final class OpenApi {
  private static final String V2_PROTOBUF =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  Reply answer(Call call) {
    var path = call.path();
    if (path.size() == 2 && path.get(1).equals("v2")) return v2(call);
    if (path.size() == 2 && path.get(1).equals("v3")) return index();
    if (path.size() > 2 && path.get(1).equals("v3"))
      return Reply.json(document(String.join("/", path.subList(2, path.size()))));
    throw Refusal.unknownPath();
  }

  /// An empty document: no bytes are a valid message, and enough for every kubectl.
  private static Reply v2(Call call) {
    if (call.header("accept").contains("protobuf"))
      return new Reply.Text(Reply.OK, V2_PROTOBUF, "");
    return Reply.json(Tree.object("swagger", "2.0", "info", info(), "paths", Tree.empty()));
  }

  private static Tree info() {
    return Tree.object("title", "Kubernetes", "version", "v1.33.0+moorage");
  }

  private static Reply index() {
    var paths = new LinkedHashMap<String, Tree>();
    var all = new LinkedHashSet<String>();
    for (Offered one : Catalogue.all()) all.add(base(one));
    for (String base : all) {
      var url = "/openapi/v3/" + base + "?hash=" + hash(document(base));
      paths.put(base, Tree.object("serverRelativeURL", url));
    }
    return Reply.json(Tree.object("paths", new Tree.Fields(paths)));
  }

  private static String base(Offered one) {
    return (one.group().isEmpty() ? "api/" : "apis/") + one.groupVersion();
  }

  /// Clients keep a document by its hash.
  private static String hash(Tree document) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var text = TreeJson.write(document).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().withUpperCase().formatHex(digest.digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Tree document(String base) {
    var offered = Catalogue.all().stream().filter(one -> base(one).equals(base)).toList();
    if (offered.isEmpty()) throw Refusal.unknownPath();
    var paths = new LinkedHashMap<String, Tree>();
    var schemas = new LinkedHashMap<String, Tree>();
    for (Offered one : offered) {
      var kind = Catalogue.kind(one);
      if (kind.isEmpty()) continue;
      paths.put(path(base, one), Tree.object("patch", operation(one)));
      schemas.put(schemaName(one), schema(kind.get(), one));
    }
    return Tree.object(
        "openapi",
        "3.0.0",
        "info",
        info(),
        "paths",
        new Tree.Fields(paths),
        "components",
        Tree.object("schemas", new Tree.Fields(schemas)));
  }

  private static String path(String base, Offered one) {
    return "/"
        + base
        + (one.namespaced() ? "/namespaces/{namespace}/" : "/")
        + one.plural()
        + "/{name}";
  }

  private static String schemaName(Offered one) {
    var group = one.group().isEmpty() ? "core" : one.group().replaceAll("\\..*", "");
    return "io.k8s.api." + group + "." + one.version() + "." + one.kind();
  }

  /// The parameter `fieldValidation` tells kubectl that the server checks fields itself.
  private static Tree operation(Offered one) {
    var content =
        Tree.object(
            "application/json",
            Tree.object("schema", Tree.object("$ref", "#/components/schemas/" + schemaName(one))));
    return Tree.object(
        "description",
        "partially update the specified " + one.kind(),
        "parameters",
        Tree.list(
            List.of(parameter("dryRun"), parameter("fieldManager"), parameter("fieldValidation"))),
        "responses",
        Tree.object("200", Tree.object("description", "OK", "content", content)),
        "x-kubernetes-action",
        "patch",
        "x-kubernetes-group-version-kind",
        groupVersionKind(one));
  }

  private static Tree parameter(String name) {
    return Tree.object(
        "name", name, "in", "query", "schema", Tree.object("type", "string", "uniqueItems", true));
  }

  private static Tree groupVersionKind(Offered one) {
    return Tree.object("group", one.group(), "kind", one.kind(), "version", one.version());
  }

  // Schemas

  private static Tree schema(Kind<?> kind, Offered one) {
    return schema(Schemas.of(kind))
        .with(Tree.list(List.of(groupVersionKind(one))), "x-kubernetes-group-version-kind");
  }

  private static Tree schema(Schema schema) {
    return switch (schema) {
      case Schema.Scalar(var type, _, _) -> scalar(type);
      case Schema.Struct struct -> Tree.object("type", "object", "properties", properties(struct));
      case Schema.MapOf(var values) ->
          Tree.object("type", "object", "additionalProperties", schema(values));
      case Schema.ListOf(var items, _, _) -> Tree.object("type", "array", "items", schema(items));
      case Schema.Open() -> Tree.object("x-kubernetes-preserve-unknown-fields", true);
    };
  }

  private static Tree properties(Schema.Struct struct) {
    Map<String, Tree> properties = new LinkedHashMap<>();
    struct.fields().forEach((name, type) -> properties.put(name, schema(type)));
    return new Tree.Fields(properties);
  }

  private static Tree scalar(Schema.Type type) {
    return switch (type) {
      case TEXT, QUANTITY -> Tree.object("type", "string");
      case WHOLE -> Tree.object("type", "integer", "format", "int64");
      case TRUTH -> Tree.object("type", "boolean");
      case TIME, MICRO_TIME -> Tree.object("type", "string", "format", "date-time");
      case BYTES -> Tree.object("type", "string", "format", "byte");
      case WHOLE_OR_TEXT -> Tree.object("type", "string", "format", "int-or-string");
    };
  }
}
