package dev.moorage.kubeclient;

import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Makes the library's HTTP client: HTTP/1.1 over TLS, on the tasks of a group, with no retries of
/// its own and without following redirects (they would carry the token elsewhere).
final class Connection {
  private Connection() {}

  private static final int CONNECT_MILLIS = 10_000;
  private static final Duration FOREVER = Duration.ofDays(36_500);

  static HttpClient open(Group group, Login login, Settings settings) {
    var config = login.config();
    config.setHttp2Disable(true);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setRequestRetryBackoffLimit(0);
    config.setUserAgent(settings.userAgent());
    if (!login.credentials().equals(Credentials.NONE)) config.setOauthTokenProvider(login::token);
    if (!settings.proxy().url().isEmpty() && config.getHttpsProxy() == null) {
      config.setHttpProxy(settings.proxy().url());
      config.setHttpsProxy(settings.proxy().url());
      config.setNoProxy(settings.proxy().except().toArray(String[]::new));
    }
    var factory = new Factory(untilClosed(group.executor()));
    var client = built(factory, login, config);
    group.start("end", () -> endWith(group, factory, client));
    return client;
  }

  private static HttpClient built(Factory factory, Login login, Config config) {
    try {
      nameTheKey(config);
      var builder = factory.newBuilder(config);
      builder.sslContext(SSLUtils.keyManagers(config), trust(config));
      return builder.build();
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw new NoAccess(
          "the certificates, keys or proxy of "
              + login.who()
              + " for "
              + login.url()
              + " cannot be used ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }

  /// fabric8 takes a key without an algorithm in its label for RSA; its certificate knows better.
  private static void nameTheKey(Config config) throws CertificateException {
    var pem = pem(config.getClientCertData(), config.getClientCertFile());
    if (pem.length > 0)
      config.setClientKeyAlgo(certificates(pem).getFirst().getPublicKey().getAlgorithm());
  }

  /// Only the given authorities, where some are given; fabric8 would trust the public ones too.
  private static TrustManager[] trust(Config config) throws GeneralSecurityException, IOException {
    var pem = pem(config.getCaCertData(), config.getCaCertFile());
    if (config.isTrustCerts() || pem.length == 0) return SSLUtils.trustManagers(config);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (var one : certificates(pem)) store.setCertificateEntry("ca" + store.size(), one);
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    return managers.getTrustManagers();
  }

  private static List<Certificate> certificates(byte[] pem) throws CertificateException {
    var all =
        CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
    if (all.isEmpty()) throw new CertificateException("no certificate");
    return List.copyOf(all);
  }

  /// @param data in base64; where it is, the file doesn't count
  private static byte[] pem(@Nullable String data, @Nullable String file) {
    if (data != null && !data.isEmpty()) return Base64.getMimeDecoder().decode(data);
    if (file == null || file.isEmpty()) return new byte[0];
    return Reading.text(Path.of(file), "the certificate").getBytes(StandardCharsets.US_ASCII);
  }

  /// What comes while the group closes is refused as the JDK's client expects it.
  private static Executor untilClosed(Executor executor) {
    return command -> {
      try {
        executor.execute(command);
      } catch (Stopped closing) {
        throw new RejectedExecutionException("the client is closed");
      }
    };
  }

  private static boolean endWith(Group group, Factory factory, HttpClient client) {
    try {
      group.sleep(FOREVER);
      return true;
    } finally {
      client.close();
      factory.close();
    }
  }

  private static final class Factory extends JdkHttpClientFactory {
    private final Executor executor;
    private final List<java.net.http.HttpClient> clients = new CopyOnWriteArrayList<>();

    Factory(Executor executor) {
      this.executor = executor;
    }

    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
      return new ClosableBuilder(clients::add).executor(executor);
    }

    @Override
    protected void additionalConfig(java.net.http.HttpClient.Builder builder) {
      builder.followRedirects(java.net.http.HttpClient.Redirect.NEVER);
    }

    /// Cuts all connections.
    void close() {
      clients.forEach(java.net.http.HttpClient::shutdownNow);
    }
  }
}
