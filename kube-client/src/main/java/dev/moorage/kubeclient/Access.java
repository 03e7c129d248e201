package dev.moorage.kubeclient;

import dev.moorage.base.Secret;
import java.nio.file.Path;
import java.util.List;

/// Where the server is and who asks. Doors resolve flags and environment into one of these.
public sealed interface Access {

  /// What kubeconfig files say.
  ///
  /// @param files one or more; where several say something, the first counts
  /// @param context empty for the files' current one
  record Kubeconfig(List<Path> files, String context) implements Access {
    public Kubeconfig {
      files = List.copyOf(files);
    }
  }

  /// The service account of the pod that this process runs in. Its token is read again and again,
  /// as the kubelet renews it.
  ///
  /// @param host `KUBERNETES_SERVICE_HOST`
  /// @param port `KUBERNETES_SERVICE_PORT`
  /// @param account the folder with `token`, `ca.crt` and `namespace`
  record InCluster(String host, int port, Path account) implements Access {
    /// Where Kubernetes puts a pod's service account.
    public static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  }

  /// A server and a token, e.g. those of a server in this process.
  ///
  /// @param url e.g. `https://127.0.0.1:6443`
  /// @param caCertificate PEM
  record Direct(String url, String caCertificate, Secret token) implements Access {}
}
