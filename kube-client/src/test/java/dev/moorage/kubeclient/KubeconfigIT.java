package dev.moorage.kubeclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.kube.KubeException;
import dev.moorage.kube.KubeException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All that a kubeconfig, or a pod's service account, may say; each is used against a real server.
class KubeconfigIT {
  private static final String EXEC_VERSION = "client.authentication.k8s.io/v1";

  @TempDir private Path folder;

  private final OwnServer server = new OwnServer();

  @AfterEach
  void end() {
    server.close();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  /// One cluster, one user, one context.
  private String config(String cluster, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: here
    contexts:
    - name: here
      context: {cluster: ours, user: me, namespace: apart}
    clusters:
    - name: ours
      cluster: {server: "%s", %s}
    users:
    - name: me
      user: {%s}
    """
        .formatted(server.running().url(), cluster, user);
  }

  private String ca() {
    return "certificate-authority-data: "
        + Base64.getEncoder()
            .encodeToString(server.running().caCertificate().getBytes(StandardCharsets.US_ASCII));
  }

  private String token() {
    return server.running().token().reveal();
  }

  private KubeClient connect(String config) throws IOException {
    return connect("", file("config", config));
  }

  private KubeClient connect(String context, Path... files) {
    return KubeClient.connect(
        server.clients(), new Access.Kubeconfig(List.of(files), context), Settings.DEFAULT);
  }

  private void refused(String message, String config) {
    assertThatExceptionOfType(NoAccess.class)
        .isThrownBy(() -> connect(config))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(token()));
  }

  private static void assertKnown(KubeClient client) {
    assertThat(client.server().whoAmI().text("username")).isEqualTo("system:moorage:admin");
  }

  // What counts

  @Test
  void data_may_stand_in_the_file() throws IOException {
    var client = connect(config(ca(), "token: " + token()));
    assertKnown(client);
    assertThat(client.namespace()).isEqualTo("apart");
    assertThat(client.server().asWhom())
        .isEqualTo("user \"me\" of kubeconfig " + folder.resolve("config"));
  }

  @Test
  void data_may_stand_in_files_beside_it() throws IOException {
    file("ca.pem", server.running().caCertificate());
    file("token", token() + "\n");
    assertKnown(connect(config("certificate-authority: ca.pem", "tokenFile: token")));
  }

  @Test
  void a_renewed_token_file_is_taken_up() throws IOException {
    var token = file("token", "old");
    var client = connect(config(ca(), "tokenFile: " + token));
    var refusal = catchThrowableOfType(KubeException.class, () -> client.server().whoAmI());
    assertThat(refusal.reason()).isEqualTo(Reason.Unauthorized);
    assertThat(refusal).hasMessageContaining("user \"me\" of kubeconfig");
    Files.writeString(token, token());
    assertKnown(client);
  }

  @Test
  void a_certificate_need_not_be_trusted_when_so_said() throws IOException {
    assertKnown(connect(config("insecure-skip-tls-verify: true", "token: " + token())));
  }

  @Test
  void a_context_may_be_chosen_and_files_be_joined() throws IOException {
    var first = file("first", config(ca(), "token: wrong"));
    var second =
        file(
            "second",
            """
            contexts:
            - name: there
              context: {cluster: ours, user: another}
            users:
            - name: another
              user: {token: "%s"}
            """
                .formatted(token()));
    var client = connect("there", folder.resolve("missing"), first, second);
    assertKnown(client);
    assertThat(client.namespace()).isEqualTo("default");
  }

  @Test
  void rights_of_another_are_asked_for_and_not_forgotten() throws IOException {
    var client = connect(config(ca(), "token: " + token() + ", as: jane"));
    var refusal = catchThrowableOfType(KubeException.class, () -> client.discovery().all());
    assertThat(refusal).hasMessageContaining("impersonation is not served");
  }

  @Test
  void a_pod_has_its_service_account() throws IOException {
    file("ca.crt", server.running().caCertificate());
    file("token", token());
    file("namespace", "apart");
    int port = java.net.URI.create(server.running().url()).getPort();
    var access = new Access.InCluster("127.0.0.1", port, folder);
    var client = KubeClient.connect(server.clients(), access, Settings.DEFAULT);
    assertKnown(client);
    assertThat(client.namespace()).isEqualTo("apart");
    Files.delete(folder.resolve("token"));
    assertThatExceptionOfType(NoAccess.class)
        .isThrownBy(() -> KubeClient.connect(server.clients(), access, Settings.DEFAULT))
        .withMessage(
            "cannot read the service account's " + folder.resolve("token") + ": it does not exist");
  }

  // Commands for credentials

  private String exec(String script, String more) throws IOException {
    var file = file("plugin", "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return "exec: {apiVersion: %s, command: ./plugin, interactiveMode: Never%s}"
        .formatted(EXEC_VERSION, more);
  }

  private static String credential(String status) {
    return "{\"apiVersion\":\"%s\",\"kind\":\"ExecCredential\",\"status\":{%s}}"
        .formatted(EXEC_VERSION, status);
  }

  @Test
  void a_command_tells_the_token_once() throws IOException {
    var script =
        """
        echo run >> "$COUNT"
        case "$KUBERNETES_EXEC_INFO" in *'"interactive":false'*) ;; *) exit 3 ;; esac
        echo '%s'
        """
            .formatted(credential("\"token\":\"" + token() + "\""));
    var count = folder.resolve("count");
    var client =
        connect(config(ca(), exec(script, ", env: [{name: COUNT, value: " + count + "}]")));
    assertKnown(client);
    assertKnown(client);
    assertThat(Files.readAllLines(count)).hasSize(1);
  }

  @Test
  void a_command_is_asked_again_when_the_token_is_refused_or_expires() throws IOException {
    var good =
        credential(
            "\"token\":\"" + token() + "\",\"expirationTimestamp\":\"2000-01-01T00:00:00Z\"");
    var script =
        """
        echo run >> "%s"
        if [ "$(wc -l < "%1$s")" = 1 ]; then echo '%s'; else echo '%s'; fi
        """
            .formatted(folder.resolve("count"), credential("\"token\":\"stale\""), good);
    var client = connect(config(ca(), exec(script, "")));
    assertKnown(client);
    assertKnown(client);
    assertThat(Files.readAllLines(folder.resolve("count"))).hasSizeGreaterThan(2);
  }

  @Test
  void a_command_that_fails_is_named() throws IOException {
    refused(
        "the command for credentials, ./plugin, ended with code 7",
        config(ca(), exec("exit 7", "")));
    refused("wrote no ExecCredential", config(ca(), exec("echo hello " + token(), "")));
    refused(
        "told neither a token nor a certificate",
        config(ca(), exec("echo '" + credential("") + "'", "")));
    refused("speaks apiVersion x", config(ca(), exec("echo '{\"apiVersion\":\"x\"}'", "")));
    refused(
        "no-such-command, cannot be started: install it from our page",
        config(
            ca(),
            "exec: {apiVersion: %s, command: no-such-command, installHint: install it from our page}"
                .formatted(EXEC_VERSION)));
  }

  // What is wrong

  @Test
  void a_missing_file_is_named() {
    assertThatExceptionOfType(NoAccess.class)
        .isThrownBy(() -> connect("", folder.resolve("nothing")))
        .withMessage(
            "kubeconfig not found: "
                + folder.resolve("nothing")
                + " (name another one with --kubeconfig or KUBECONFIG)");
  }

  @Test
  void a_file_that_cannot_be_understood_is_named_with_the_place() throws IOException {
    refused("config cannot be understood: line", "users: [{token: " + token() + "}");
    refused("config cannot be understood", "- " + token());
  }

  @Test
  void what_a_context_names_must_be_there() throws IOException {
    var good = config(ca(), "token: " + token());
    refused(
        "has no context \"gone\"; it has here",
        good.replace("current-context: here", "current-context: gone"));
    refused(
        "has no current-context: name one with --context; it has here",
        good.replace("current-context: here", ""));
    refused(
        "names cluster \"theirs\", which is not there",
        good.replace("cluster: ours", "cluster: theirs"));
    refused("names user \"you\", which is not there", good.replace("user: me", "user: you"));
    refused("config cannot be understood: it is no YAML of kind Config", "");
  }

  @Test
  void what_a_cluster_or_user_names_must_be_usable() throws IOException {
    var user = "token: " + token();
    refused(
        "cannot read the certificate authority", config("certificate-authority: gone.pem", user));
    refused(
        "the certificates, keys or proxy of user \"me\"",
        config("certificate-authority-data: AAAA", user));
    refused("tls-server-name is not supported", config(ca() + ", tls-server-name: x", user));
    refused("cannot read the token file", config(ca(), "tokenFile: gone"));
    refused("cannot be used", config(ca(), "client-certificate-data: AAAA, client-key-data: AAAA"));
    refused("does not begin with https://: ftp", config(ca(), user).replace("https://", "ftp://"));
  }
}
