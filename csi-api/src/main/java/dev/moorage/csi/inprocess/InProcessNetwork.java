package dev.moorage.csi.inprocess;

import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.PluginSockets.Heard;
import dev.moorage.csi.PluginSockets.PluginInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The sockets of one machine, without sockets: who serves what at which path.
///
/// Each process takes its own [InProcessSockets] by [#in]; a process that dies leaves its paths
/// behind, as sockets do.
public final class InProcessNetwork {
  private final Map<String, Served> drivers = new ConcurrentSkipListMap<>();
  private final Map<String, Registrar> registrars = new ConcurrentSkipListMap<>();
  private final SocketFiles files;

  /// A network whose socket files appear on a (simulated) host.
  public InProcessNetwork(SocketFiles files) {
    this.files = files;
  }

  /// The network as one process sees it.
  ///
  /// @param process the crash domain that serves and calls
  public InProcessSockets in(Group process) {
    return new InProcessSockets(this, process);
  }

  /// Shows socket files where a folder is watched.
  public interface SocketFiles {
    /// A socket was bound.
    void made(String path);

    /// A socket was closed in good order.
    void gone(String path);
  }

  record Served(Group process, Csi driver) {
    /// A dead process refuses new tasks: its socket file is there, and nobody answers.
    boolean alive() {
      return InProcessNetwork.alive(process);
    }
  }

  record Registrar(Group process, PluginInfo info, Heard heard) {
    boolean alive() {
      return InProcessNetwork.alive(process);
    }
  }

  private static boolean alive(Group process) {
    try {
      var _ = process.start("pulse", () -> true);
      return true;
    } catch (Stopped dead) {
      return false;
    }
  }

  Optional<Served> driver(String endpoint) {
    return Optional.ofNullable(drivers.get(endpoint));
  }

  Optional<Registrar> registrar(String path) {
    return Optional.ofNullable(registrars.get(path));
  }

  void bind(String endpoint, Served served) {
    refuseLive(endpoint, driver(endpoint).filter(Served::alive).isPresent());
    drivers.put(endpoint, served);
    files.made(path(endpoint));
  }

  void unbind(String endpoint, Served served) {
    if (drivers.remove(endpoint, served)) files.gone(path(endpoint));
  }

  private static void refuseLive(String path, boolean live) {
    if (live)
      throw new CsiException(
          Code.UNAVAILABLE, "another process answers at " + path + "; stop it first");
  }

  void bind(String path, Registrar registrar) {
    refuseLive(path, registrar(path).filter(Registrar::alive).isPresent());
    registrars.put(path, registrar);
    files.made(path);
  }

  void unbind(String path, Registrar registrar) {
    if (registrars.remove(path, registrar)) files.gone(path);
  }

  private static String path(String endpoint) {
    return endpoint.substring("unix://".length());
  }
}
