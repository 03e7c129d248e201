package dev.moorage.kubeserver.http;

import dev.moorage.base.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The file by which clients find and trust the server.
public final class Kubeconfig {
  private Kubeconfig() {}

  /// A kubeconfig (YAML) of one cluster, one user and one context, all named `moorage`. It holds
  /// the token: its file is for its owner only.
  ///
  /// @param url e.g. `https://127.0.0.1:6443`
  /// @param caCertificate PEM
  public static Secret text(String url, String caCertificate, Secret token) {
    var ca = Base64.getEncoder().encodeToString(caCertificate.getBytes(StandardCharsets.US_ASCII));
    return new Secret(
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: moorage
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: moorage
          user:
            token: %s
        contexts:
        - name: moorage
          context:
            cluster: moorage
            user: moorage
        current-context: moorage
        """
            .formatted(url, ca, token.reveal()));
  }
}
