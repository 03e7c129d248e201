package dev.moorage.kubeclient;

import dev.moorage.kube.Tree;

/// What else one can ask a server.
public final class Server {
  private final Wire wire;

  Server(Wire wire) {
    this.wire = wire;
  }

  /// Its address, e.g. `https://127.0.0.1:6443`.
  public String url() {
    return wire.login().url();
  }

  /// Who asks, for messages: e.g. `user "admin" of kubeconfig /home/a/.kube/config`.
  public String asWhom() {
    return wire.login().who();
  }

  /// Its version: `gitVersion`, `major`, `minor` and more.
  public Tree version() {
    return tree("/version");
  }

  /// Who the server takes us for: `username`, `groups` and more.
  public Tree whoAmI() {
    var review = Tree.object("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview");
    var path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    return wire.ask(Ask.write("POST", path, Ask.JSON, TreeJson.write(review)), Wire::object)
        .at("status", "userInfo");
  }

  /// What stands at a path, as text.
  ///
  /// @param path with its query, e.g. `/readyz?verbose`
  public String text(String path) {
    return wire.ask(Ask.get(path, "*/*"), Wire::text);
  }

  /// What stands at a path, as a tree.
  ///
  /// @param path with its query, e.g. `/api/v1/nodes?limit=1`
  public Tree tree(String path) {
    return wire.ask(Ask.get(path), answer -> TreeJson.read(Wire.text(answer)));
  }
}
