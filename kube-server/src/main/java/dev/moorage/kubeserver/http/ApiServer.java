package dev.moorage.kubeserver.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.moorage.base.Group;
import dev.moorage.base.Secret;
import dev.moorage.base.Stopped;
import dev.moorage.kubeserver.registry.Registry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;

/// Serves a registry over HTTPS on the loopback, to kubectl and all its kin.
///
/// A door that starts one sets [Settings#PROCESS_WIDE] first.
public final class ApiServer {
  private ApiServer() {}

  private static final Duration FOREVER = Duration.ofDays(36_500);
  private static final String LOOPBACK = "127.0.0.1";

  /// A server that answers.
  ///
  /// @param url e.g. `https://127.0.0.1:34567`
  /// @param caCertificate PEM; clients trust it
  /// @param token of the user who may do everything
  public record Running(String url, String caCertificate, Secret token) {
    /// The file for clients; see [Kubeconfig].
    public Secret kubeconfig() {
      return Kubeconfig.text(url, caCertificate, token);
    }
  }

  /// Begins to answer, and returns at once. The server ends with the group. Clients inside find the
  /// certificate in every namespace ([Registry#trust]).
  ///
  /// @throws NotListening when the port cannot be had
  public static Running start(
      Group group, Registry registry, Identity identity, Settings settings) {
    var inner = group.group("http");
    registry.trust(identity.caCertificate());
    var front = new Front(new Login(identity.token()), registry, inner.tasks()::now);
    var server = bind(settings.port());
    server.setHttpsConfigurator(new HttpsConfigurator(Tls.context(identity)));
    server.setExecutor(untilClosed(inner.executor()));
    server.createContext("/", new Wire(inner, front, settings));
    server.start();
    inner.start("end", () -> endWith(inner, server));
    var url = "https://" + LOOPBACK + ":" + server.getAddress().getPort();
    return new Running(url, identity.caCertificate(), identity.token());
  }

  private static HttpsServer bind(int port) {
    try {
      return HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port), 0);
    } catch (IOException e) {
      throw new NotListening(
          "cannot listen on " + LOOPBACK + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /// Connections that come while the group closes are not answered.
  private static Executor untilClosed(Executor executor) {
    return command -> {
      try {
        executor.execute(command);
      } catch (Stopped closing) {
        // The server is stopped right after; its connections end then.
      }
    };
  }

  private static boolean endWith(Group group, HttpsServer server) {
    try {
      group.sleep(FOREVER);
      return true;
    } finally {
      server.stop(0);
    }
  }
}
