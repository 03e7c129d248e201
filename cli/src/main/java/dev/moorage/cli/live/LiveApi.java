package dev.moorage.cli.live;

import dev.moorage.base.Group;
import dev.moorage.kubeserver.http.ApiServer;
import dev.moorage.kubeserver.http.Identity;
import dev.moorage.kubeserver.http.Settings;
import dev.moorage.kubeserver.registry.Registry;

/// Serves a registry over HTTPS on the loopback.
public final class LiveApi {
  private LiveApi() {}

  /// Begins to answer; ends with the group.
  ///
  /// @param port 0 for any free one
  /// @throws dev.moorage.kubeserver.http.NotListening when the port cannot be had
  public static ApiServer.Running serve(
      Group group, Registry registry, Identity identity, int port) {
    Settings.PROCESS_WIDE.forEach(System::setProperty);
    return ApiServer.start(group, registry, identity, Settings.DEFAULT.onPort(port));
  }
}
