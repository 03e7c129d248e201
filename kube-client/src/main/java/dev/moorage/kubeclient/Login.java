package dev.moorage.kubeclient;

import dev.moorage.base.Group;
import dev.moorage.base.Secret;
import io.fabric8.kubernetes.client.Config;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// An access as the library wants it, and as messages name it.
///
/// @param config all but what `credentials` gives
/// @param url the server's address, without a slash at its end
/// @param who e.g. `user "admin" of /home/a/.kube/config`
/// @param namespace the access's own; `default` where it names none
record Login(Config config, String url, String who, String namespace, Credentials credentials) {

  static final String DEFAULT_NAMESPACE = "default";

  static Login of(Group group, Access access) {
    return switch (access) {
      case Access.Kubeconfig files -> KubeconfigFiles.read(files).login(group);
      case Access.InCluster pod -> inCluster(pod);
      case Access.Direct direct -> direct(direct);
    };
  }

  private static Login direct(Access.Direct direct) {
    var config = to(direct.url());
    config.setCaCertData(base64(direct.caCertificate()));
    return new Login(
        config,
        trimmed(direct.url()),
        "the given token",
        DEFAULT_NAMESPACE,
        Credentials.fixed(direct.token()));
  }

  private static Login inCluster(Access.InCluster pod) {
    if (pod.host().isEmpty())
      throw new NoAccess(
          "this process is in no pod: KUBERNETES_SERVICE_HOST is not set; name a kubeconfig");
    var host = pod.host().contains(":") ? "[" + pod.host() + "]" : pod.host();
    var config = to("https://" + host + ":" + pod.port());
    var ca = Reading.text(pod.account().resolve("ca.crt"), "the service account's");
    config.setCaCertData(base64(ca));
    var token = pod.account().resolve("token");
    var _ = Reading.text(token, "the service account's");
    var namespace = Reading.text(pod.account().resolve("namespace"), "the service account's");
    return new Login(
        config,
        trimmed(config.getMasterUrl()),
        "the service account in " + pod.account(),
        namespace.strip(),
        Credentials.file(token));
  }

  /// A configuration of which nothing was taken from environment or home.
  static Config to(String url) {
    if (!url.startsWith("https://") && !url.startsWith("http://"))
      throw new NoAccess("the server's address does not begin with https://: " + url);
    var config = Config.empty();
    config.setMasterUrl(url);
    return config;
  }

  static String trimmed(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }

  /// The token for a request; empty over plain HTTP, where everybody could read it.
  String token() {
    return url.startsWith("https://") ? credentials.token().map(Secret::reveal).orElse("") : "";
  }
}
