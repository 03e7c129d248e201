package dev.moorage.cli;

import dev.moorage.base.Group;
import dev.moorage.base.live.LiveEntropy;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.kube.Kube;
import dev.moorage.kubeserver.http.ApiServer;
import dev.moorage.kubeserver.http.Identity;
import dev.moorage.kubeserver.http.Settings;
import dev.moorage.kubeserver.registry.Registry;
import dev.moorage.kubeserver.registry.RegistryKube;
import dev.moorage.kubeserver.store.MemoryLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An API server of our own over HTTPS without any actor, `moor` beside it, and any kubectl.
final class ServedHouse implements AutoCloseable {
  private final LiveTasks tasks = new LiveTasks();
  private final LiveEntropy entropy = new LiveEntropy();
  private final Group process = tasks.group("house");
  private final Registry registry =
      Registry.open(
          process, new MemoryLog(), entropy, dev.moorage.kubeserver.registry.Settings.DEFAULT);
  private final Identity identity = Identity.generate(tasks.now(), entropy);
  private final Path folder;
  private Group front = process.group("front");
  private ApiServer.Running running;

  ServedHouse(Path folder) {
    this.folder = folder;
    this.running = ApiServer.start(front, registry, identity, Settings.DEFAULT);
    write("kubeconfig", running.kubeconfig().reveal());
  }

  /// What a command said.
  record Said(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }
  }

  Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /// The registry behind the server.
  Kube kube() {
    return new RegistryKube(registry, tasks, "system:moorage:test");
  }

  Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The server is away, its objects stay.
  void stop() {
    front.close();
  }

  /// On the same port.
  void startAgain() {
    front = process.group("front");
    var port = URI.create(running.url()).getPort();
    running = ApiServer.start(front, registry, identity, Settings.DEFAULT.onPort(port));
  }

  Said moor(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int code = moor(out, err, arguments);
    return new Said(code, out.toString(), err.toString());
  }

  int moor(Writer out, Writer err, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--kubeconfig", kubeconfig().toString()));
    return Moor.commandLine(new PrintWriter(out), new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  /// Runs a kubectl, and gives back all that it says.
  String kubectl(Path binary, String... arguments) {
    var all = new ArrayList<>(List.of(binary.toString(), "--kubeconfig", kubeconfig().toString()));
    all.addAll(List.of(arguments));
    var command = new ProcessBuilder(all).redirectErrorStream(true);
    command.environment().put("HOME", folder.toString());
    try {
      var process = command.start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.onExit().join();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
