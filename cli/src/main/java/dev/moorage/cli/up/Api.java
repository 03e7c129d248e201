package dev.moorage.cli.up;

import dev.moorage.base.Group;
import dev.moorage.base.Secret;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.cli.live.CommandFailed;
import dev.moorage.cli.live.LiveApi;
import dev.moorage.cli.live.LiveRegistry;
import dev.moorage.cli.up.StateFolder.Kept;
import dev.moorage.host.Host;
import dev.moorage.kubeserver.http.ApiServer;
import dev.moorage.kubeserver.http.Identity;
import dev.moorage.kubeserver.http.NotListening;
import dev.moorage.kubeserver.registry.Registry;
import java.net.URI;
import java.util.OptionalInt;
import java.util.function.Supplier;

/// A house's API on its loopback port: the same keys, token and port from start to start, so that
/// clients never notice more than a pause.
///
/// @param registry for the parts in this process
/// @param front for everybody else
record Api(Registry registry, ApiServer.Running front) {
  private static final String IDENTITY = "identity.pem";
  private static final String KUBECONFIG = "kubeconfig";

  /// Starts it, and writes the file for its clients.
  ///
  /// @param kept what the folder keeps; its port is the one that counts when none is asked for
  /// @throws CommandFailed when the port cannot be had
  static Api start(Group group, Host host, StateFolder folder, Kept kept, OptionalInt port) {
    var registry = LiveRegistry.open(group, host, folder.api());
    var identity = identity(group, folder);
    var wanted = port.orElse(kept.port());
    var running = listen(host, wanted, () -> LiveApi.serve(group, registry, identity, wanted));
    folder.keep(new Kept(kept.node(), URI.create(running.url()).getPort()));
    folder.writeSecret(KUBECONFIG, running.kubeconfig());
    return new Api(registry, running);
  }

  String url() {
    return front.url();
  }

  private static ApiServer.Running listen(Host host, int port, Supplier<ApiServer.Running> start) {
    try {
      return start.get();
    } catch (NotListening taken) {
      var holder =
          host.processes().listenerOn(port).map(process -> " It is held by " + process + ".");
      throw new CommandFailed(
          taken.getMessage()
              + "."
              + holder.orElse("")
              + " Stop that, or choose another port: --port N, 0 for any (clients need the new kubeconfig then)");
    }
  }

  private static Identity identity(Group group, StateFolder folder) {
    var kept = folder.secret(IDENTITY);
    if (kept.isPresent()) return read(folder, kept.get());
    var fresh = Identity.generate(group.tasks().now(), new LiveEntropy());
    folder.writeSecret(IDENTITY, fresh.text());
    return fresh;
  }

  private static Identity read(StateFolder folder, Secret text) {
    try {
      return Identity.read(text);
    } catch (IllegalArgumentException damaged) {
      throw new CommandFailed(
          folder.path().resolve(IDENTITY)
              + " is damaged: "
              + damaged.getMessage()
              + ". Nothing was touched. Remove that file: a new one is made, and clients need the new kubeconfig");
    }
  }
}
