package dev.moorage.kubeclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.kube.KubeException;
import dev.moorage.kube.OutcomeUnknown;
import dev.moorage.kubeserver.http.Identity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that lets in whoever has a certificate.
class ClientCertificateIT {
  @TempDir private Path folder;

  private final LiveTasks tasks = new LiveTasks();
  private final Group clients = tasks.group("clients");
  private final Identity identity = Identity.generate(tasks.now(), new LiveEntropy());
  private HttpsServer server;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new Demanding(identity));
    server.createContext(
        "/",
        exchange -> {
          var body = "{\"gitVersion\":\"v1\"}".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  private static final class Demanding extends HttpsConfigurator {
    Demanding(Identity identity) throws GeneralSecurityException, IOException {
      super(
          SSLUtils.sslContext(
              SSLUtils.keyManagers(own(identity)), SSLUtils.trustManagers(own(identity))));
    }

    private static Config own(Identity identity) {
      var config = Config.empty();
      config.setTrustCerts(true);
      config.setClientCertData(base64(identity.certificate()));
      config.setClientKeyData(base64(identity.key().reveal()));
      config.setClientKeyAlgo("EC");
      return config;
    }

    @Override
    public void configure(HttpsParameters parameters) {
      var demanding = getSSLContext().getDefaultSSLParameters();
      demanding.setNeedClientAuth(true);
      parameters.setSSLParameters(demanding);
    }
  }

  @AfterEach
  void end() {
    clients.close();
    server.stop(0);
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  private KubeClient client(String user) throws IOException {
    var file =
        Files.writeString(
            folder.resolve("config"),
            """
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
            users: [{name: u, user: {%s}}]
            """
                .formatted(server.getAddress().getPort(), base64(identity.caCertificate()), user));
    return KubeClient.connect(clients, new Access.Kubeconfig(List.of(file), ""), Settings.DEFAULT);
  }

  @Test
  void a_certificate_may_stand_in_the_kubeconfig() throws IOException {
    var client =
        client(
            "client-certificate-data: %s, client-key-data: %s"
                .formatted(base64(identity.certificate()), base64(identity.key().reveal())));
    assertThat(client.server().version().text("gitVersion")).isEqualTo("v1");
  }

  @Test
  void a_certificate_may_stand_in_files() throws IOException {
    Files.writeString(folder.resolve("cert"), identity.certificate());
    Files.writeString(folder.resolve("key"), identity.key().reveal());
    var client = client("client-certificate: cert, client-key: key");
    assertThat(client.server().version().text("gitVersion")).isEqualTo("v1");
  }

  @Test
  void a_command_may_tell_a_certificate() throws IOException {
    var told =
        "{\"apiVersion\":\"v1\",\"status\":{\"clientCertificateData\":\"%s\",\"clientKeyData\":\"%s\"}}"
            .formatted(
                identity.certificate().replace("\n", "\\n"),
                identity.key().reveal().replace("\n", "\\n"));
    Files.writeString(folder.resolve("told"), told);
    var script =
        Files.writeString(folder.resolve("plugin"), "#!/bin/sh\ncat " + folder.resolve("told"));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    var client = client("exec: {apiVersion: v1, command: ./plugin}");
    assertThat(client.server().version().text("gitVersion")).isEqualTo("v1");
  }

  @Test
  void without_one_nothing_is_done() throws IOException {
    var client = client("token: x");
    var refusal = catchThrowableOfType(KubeException.class, () -> client.server().version());
    // In TLS 1.3 the server asks for the certificate after the client's handshake has ended: its
    // refusal arrives as an alert or, when the client is still writing, as a cut connection.
    assertThat(refusal).isNotNull().isNotInstanceOf(OutcomeUnknown.class);
    assertThat(refusal.reason()).isEqualTo(KubeException.Reason.ServiceUnavailable);
  }
}
