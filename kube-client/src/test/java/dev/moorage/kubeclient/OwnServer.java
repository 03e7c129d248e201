package dev.moorage.kubeclient;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.kubeserver.http.ApiServer;
import dev.moorage.kubeserver.http.Identity;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.store.MemoryLog;

/// Our own API server over HTTPS, and clients of it.
final class OwnServer implements AutoCloseable {
  private final LiveTasks tasks = new LiveTasks();
  private final Group process = tasks.group("server");
  private final Group clients = tasks.group("clients");
  private final ApiServer.Running running;

  OwnServer() {
    var entropy = new LiveEntropy();
    var registry =
        Registry.open(
            process, new MemoryLog(), entropy, dev.moorage.kubeserver.registry.Settings.DEFAULT);
    running =
        ApiServer.start(
            process,
            registry,
            Identity.generate(tasks.now(), entropy),
            dev.moorage.kubeserver.http.Settings.DEFAULT);
  }

  Access access() {
    return new Access.Direct(running.url(), running.caCertificate(), running.token());
  }

  ApiServer.Running running() {
    return running;
  }

  Group clients() {
    return clients;
  }

  KubeClient client() {
    return client(Settings.DEFAULT);
  }

  KubeClient client(Settings settings) {
    return KubeClient.connect(clients, access(), settings);
  }

  /// The server ends, its clients stay.
  void end() {
    process.close();
  }

  @Override
  public void close() {
    clients.close();
    process.close();
  }
}
