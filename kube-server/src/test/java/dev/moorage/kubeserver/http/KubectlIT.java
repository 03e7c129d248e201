package dev.moorage.kubeserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What people type, with the oldest, the middle and the newest of the installed kubectls.
class KubectlIT {
  private static final String CLAIM =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data, labels: {tier: gold}}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
      """;

  private static final String MANIFEST =
      CLAIM
          + """
          ---
          apiVersion: v1
          kind: Pod
          metadata: {name: web, labels: {app: web}}
          spec:
            containers:
            - {name: c, image: busybox, volumeMounts: [{name: v, mountPath: /data}]}
            volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
          """;

  private final Served server = new Served();
  @TempDir Path home;

  @AfterEach
  void end() {
    server.close();
  }

  /// An empty name stands for none: JUnit wants at least one.
  static List<String> installed() {
    var all = Kubectl.installed().stream().map(Path::toString).sorted().toList();
    if (all.size() < 3) return all.isEmpty() ? List.of("") : all;
    return List.of(all.get(1), all.get(all.size() / 2), all.getLast());
  }

  private Kubectl kubectl(String binary) {
    assumeTrue(!binary.isEmpty(), "no kubectl is installed");
    return new Kubectl(Path.of(binary), home, server.running().kubeconfig().reveal());
  }

  private Kubectl withManifest(String binary) {
    var kubectl = kubectl(binary);
    kubectl.ok("apply", "-f", kubectl.write("manifest.yaml", MANIFEST));
    return kubectl;
  }

  @ParameterizedTest
  @MethodSource("installed")
  void manifests_are_applied_compared_and_deleted(String binary) {
    var kubectl = withManifest(binary);
    var file = home.resolve("manifest.yaml").toString();
    assertThat(kubectl.ok("apply", "-f", file)).contains("pod/web unchanged");
    kubectl.write("manifest.yaml", MANIFEST.replace("gold", "silver"));
    assertThat(kubectl.refused("diff", "-f", file)).contains("tier: silver");
    assertThat(kubectl.ok("apply", "-f", file, "--dry-run=server")).contains("configured (server");
    assertThat(kubectl.ok("apply", "-f", file)).contains("persistentvolumeclaim/data configured");
    assertThat(kubectl.ok("diff", "-f", file)).isEmpty();
    assertThat(kubectl.refused("create", "-f", file)).contains("AlreadyExists");
    assertThat(kubectl.refused("apply", "--server-side", "-f", file))
        .contains("Server-side apply not available on the server");
    kubectl.ok(
        "patch", "pvc", "data", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
    assertThat(kubectl.ok("delete", "-f", file)).contains("\"web\"", "deleted");
    assertThat(kubectl.ok("get", "pods,pvc")).contains("No resources found");
  }

  @ParameterizedTest
  @MethodSource("installed")
  void unknown_fields_are_refused_or_warned_of(String binary) {
    var kubectl = kubectl(binary);
    var file =
        kubectl.write("odd.yaml", CLAIM.replace("accessModes", "colour: red\n  accessModes"));
    assertThat(kubectl.refused("create", "-f", file))
        .contains("strict decoding error: unknown field \"spec.colour\"");
    assertThat(kubectl.ok("create", "-f", file, "--validate=warn"))
        .contains("Warning: unknown field \"spec.colour\"");
  }

  @ParameterizedTest
  @MethodSource("installed")
  void objects_are_printed_in_every_form(String binary) {
    var kubectl = withManifest(binary);
    assertThat(kubectl.ok("get", "pvc").lines().findFirst().orElseThrow())
        .matches(
            "NAME +STATUS +VOLUME +CAPACITY +ACCESS MODES +STORAGECLASS +VOLUMEATTRIBUTESCLASS"
                + " +AGE");
    assertThat(kubectl.ok("get", "pods", "-o", "wide", "--show-labels"))
        .containsPattern("web +0/1 +Pending +0 +\\d+s +<none> +<none> +<none> +<none> +app=web");
    assertThat(kubectl.ok("get", "pods", "-A", "-l", "app=web")).contains("default", "web");
    assertThat(kubectl.ok("get", "pods", "-l", "app!=web")).contains("No resources found");
    assertThat(kubectl.ok("get", "pods", "--field-selector", "status.phase=Pending", "-o", "name"))
        .isEqualTo("pod/web\n");
    assertThat(kubectl.ok("get", "ns", "--sort-by", "{.metadata.name}").lines().toList())
        .hasSize(3);
    assertThat(kubectl.ok("get", "pvc", "data", "-o", "jsonpath={.status.phase}"))
        .isEqualTo("Pending");
    assertThat(kubectl.ok("get", "pvc", "data", "-o", "yaml")).contains("tier: gold");
    assertThat(kubectl.ok("get", "pvc", "data", "-o", "json")).contains("\"tier\": \"gold\"");
    assertThat(kubectl.ok("get", "ns", "--chunk-size=1").lines().toList()).hasSize(3);
    assertThat(kubectl.refused("get", "pvc", "none"))
        .contains("persistentvolumeclaims \"none\" not found");
    assertThat(kubectl.ok("get", "--raw", "/readyz")).isEqualTo("ok");
  }

  @ParameterizedTest
  @MethodSource("installed")
  void objects_are_changed_in_every_way(String binary) {
    var kubectl = withManifest(binary);
    kubectl.ok("label", "pvc", "data", "a=1");
    kubectl.ok("annotate", "pvc", "data", "b=2");
    kubectl.ok("patch", "pvc", "data", "-p", "{\"metadata\":{\"labels\":{\"s\":\"3\"}}}");
    kubectl.ok(
        "patch", "pvc", "data", "--type=merge", "-p", "{\"metadata\":{\"labels\":{\"m\":\"4\"}}}");
    kubectl.ok(
        "patch",
        "pvc",
        "data",
        "--type=json",
        "-p",
        "[{\"op\":\"add\",\"path\":\"/metadata/labels/j\",\"value\":\"5\"}]");
    kubectl.ok("edit", "pvc", "data");
    var now = kubectl.write("now.yaml", kubectl.ok("get", "pvc", "data", "-o", "yaml"));
    kubectl.ok("replace", "-f", now);
    assertThat(kubectl.ok("get", "pvc", "data", "-o", "jsonpath={.metadata.labels}"))
        .contains("\"a\":\"1\"", "\"s\":\"3\"", "\"m\":\"4\"", "\"j\":\"5\"", "bronze");
    assertThat(
            kubectl.refused(
                "patch", "pvc", "data", "-p", "{\"spec\":{\"accessModes\":[\"ReadOnlyMany\"]}}"))
        .contains("spec", "Forbidden");
  }

  @ParameterizedTest
  @MethodSource("installed")
  void things_are_created_by_hand(String binary) {
    var kubectl = kubectl(binary);
    kubectl.ok("create", "namespace", "shop");
    kubectl.ok("create", "secret", "generic", "s", "--from-literal=key=value", "-n", "shop");
    assertThat(kubectl.ok("get", "secret", "s", "-n", "shop")).containsPattern("s +Opaque +1 ");
    kubectl.ok("run", "web", "--image=nginx", "-n", "shop");
    kubectl.ok("delete", "pod", "web", "-n", "shop", "--grace-period=0", "--force");
    kubectl.ok("delete", "secret", "--all", "-n", "shop", "--cascade=foreground");
    kubectl.ok("create", "configmap", "c", "--from-literal=key=value", "-n", "shop");
    kubectl.ok("create", "serviceaccount", "a", "-n", "shop");
    assertThat(kubectl.ok("get", "cm,sa", "-n", "shop"))
        .containsPattern("configmap/c +1 ")
        .containsPattern("configmap/kube-root-ca.crt +1 ")
        .contains("serviceaccount/a ", "serviceaccount/default ");
    kubectl.ok("delete", "cm/c", "-n", "shop", "--cascade=orphan");
    assertThat(kubectl.refused("create", "token", "a", "-n", "shop"))
        .contains("does not serve serviceaccounts/token");
    assertThat(kubectl.refused("logs", "web", "-n", "shop")).contains("not found");
  }

  @ParameterizedTest
  @MethodSource("installed")
  void it_is_described_what_is_there(String binary) {
    var kubectl = withManifest(binary);
    assertThat(kubectl.ok("describe", "pvc", "data")).containsPattern("Used By: +web");
    assertThat(kubectl.ok("describe", "pod", "web")).containsPattern("ClaimName: +data");
    assertThat(kubectl.ok("events")).contains("No events found");
    assertThat(kubectl.ok("api-resources")).containsPattern("persistentvolumeclaims +pvc +v1");
    assertThat(kubectl.ok("explain", "pvc.spec.resources")).contains("requests");
    assertThat(kubectl.ok("auth", "can-i", "create", "pods")).contains("yes");
    assertThat(kubectl.ok("version")).contains("Server Version");
  }

  @ParameterizedTest
  @MethodSource("installed")
  void it_knows_who_it_is(String binary) {
    var kubectl = kubectl(binary);
    assertThat(kubectl.ok("auth", "whoami")).contains("system:moorage:admin", "system:masters");
  }

  @ParameterizedTest
  @MethodSource("installed")
  void it_waits_and_watches(String binary) throws IOException {
    var kubectl = withManifest(binary);
    var watching = kubectl.start("get", "pvc", "-w", "-o", "name");
    try (var lines =
        new BufferedReader(
            new InputStreamReader(watching.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("persistentvolumeclaim/data");
      kubectl.ok("label", "pvc", "data", "new=1");
      assertThat(lines.readLine()).isEqualTo("persistentvolumeclaim/data");
    } finally {
      watching.destroy();
    }
    kubectl.ok("wait", "--for=jsonpath={.status.phase}=Pending", "pvc/data", "--timeout=20s");
    assertThat(
            kubectl.refused(
                "wait", "--for=jsonpath={.status.phase}=Lost", "pvc/data", "--timeout=1s"))
        .contains("timed out");
    kubectl.ok("delete", "pod", "web", "--wait=false");
    kubectl.ok("wait", "--for=delete", "pod/web", "--timeout=20s");
  }
}
