package dev.moorage.kubeclient;

import dev.moorage.base.Group;
import dev.moorage.kube.Kube;

/// A connection to a Kubernetes API server, for as long as its group lives.
///
/// Failures are [dev.moorage.kube.KubeException]s: a server that cannot be reached is
/// `ServiceUnavailable`, a write whose answer was lost [dev.moorage.kube.OutcomeUnknown].
public final class KubeClient {
  private final Wire wire;
  private final Discovery discovery;

  private KubeClient(Wire wire) {
    this.wire = wire;
    this.discovery = new Discovery(wire);
  }

  /// Reads the access and makes ready. Nothing is sent yet; a kubeconfig's command for credentials
  /// is run.
  ///
  /// @param group whose tasks carry the requests; its end ends everything here
  /// @throws NoAccess when the access cannot be used
  public static KubeClient connect(Group group, Access access, Settings settings) {
    var inner = group.group("kube-client");
    try {
      var login = Login.of(inner, access);
      return new KubeClient(
          new Wire(inner, Connection.open(inner, login, settings), login, settings));
    } catch (NoAccess e) {
      inner.close();
      throw e;
    }
  }

  /// The API, as rooms use it.
  public Kube kube() {
    return kube(Writing.PLAIN);
  }

  /// The API with writes asked for in another way: without storing, strictly, with warnings heard.
  public Kube kube(Writing writing) {
    return new RemoteKube(wire, writing);
  }

  /// What the server offers.
  public Discovery discovery() {
    return discovery;
  }

  /// Objects as the server draws them for people.
  public Tables tables() {
    return new Tables(wire);
  }

  /// What else one can ask the server.
  public Server server() {
    return new Server(wire);
  }

  /// The namespace that the access names; `default` where it names none.
  public String namespace() {
    return wire.login().namespace();
  }
}
