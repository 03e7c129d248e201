package dev.moorage.kubeserver.http;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.kube.Tree;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.store.Log;
import dev.moorage.kubeserver.store.MemoryLog;
import dev.moorage.kubeserver.store.TreeJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A registry, in memory unless told otherwise, behind a real HTTPS server, and short ways to ask
/// it.
final class Served implements AutoCloseable {
  private final LiveTasks tasks = new LiveTasks();
  private final Group group = tasks.group("test");
  private final LiveEntropy entropy = new LiveEntropy();
  private final Log log;
  private final ApiServer.Running running;
  private final HttpClient client;

  Served() {
    this(Settings.DEFAULT);
  }

  Served(Settings settings) {
    this(settings, _ -> new MemoryLog());
  }

  /// @param open opens the log on a group
  Served(Settings settings, Function<Group, Log> open) {
    log = open.apply(group);
    var registry =
        Registry.open(group, log, entropy, dev.moorage.kubeserver.registry.Settings.DEFAULT);
    running = ApiServer.start(group, registry, Identity.generate(tasks.now(), entropy), settings);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trusting(running.caCertificate()))
            .build();
  }

  private static SSLContext trusting(String ca) {
    try {
      var bytes = new ByteArrayInputStream(ca.getBytes(StandardCharsets.US_ASCII));
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(bytes));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  ApiServer.Running running() {
    return running;
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(running.url() + path))
        .header("Authorization", "Bearer " + running.token().reveal());
  }

  HttpRequest.Builder withoutToken(String path) {
    return HttpRequest.newBuilder(URI.create(running.url() + path));
  }

  /// What was answered.
  record Got(int code, String type, String text, HttpResponse<?> response) {
    Tree tree() {
      return TreeJson.read(text);
    }

    String text(String... path) {
      return tree().text(path);
    }
  }

  Got send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      var type = response.headers().firstValue("Content-Type").orElse("");
      return new Got(response.statusCode(), type, response.body(), response);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Got get(String path) {
    return send(to(path));
  }

  Got get(String path, String accept) {
    return send(to(path).header("Accept", accept));
  }

  Got post(String path, String json) {
    return send(body("POST", path, "application/json", json));
  }

  Got put(String path, String json) {
    return send(body("PUT", path, "application/json", json));
  }

  Got patch(String path, String type, String json) {
    return send(body("PATCH", path, type, json));
  }

  Got delete(String path) {
    return send(to(path).DELETE());
  }

  /// Single quotes stand for double ones.
  HttpRequest.Builder body(String method, String path, String type, String json) {
    return to(path)
        .header("Content-Type", type)
        .method(method, BodyPublishers.ofString(json.replace('\'', '"')));
  }

  /// An open answer, to be read line by line.
  InputStream open(String path) {
    return open(to(path));
  }

  InputStream open(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    group.close();
    log.close();
  }
}
