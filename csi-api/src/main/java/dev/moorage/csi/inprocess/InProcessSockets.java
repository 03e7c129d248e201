package dev.moorage.csi.inprocess;

import dev.moorage.base.Group;
import dev.moorage.base.Stopped;
import dev.moorage.base.Task;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.CsiServers;
import dev.moorage.csi.PluginSockets;
import dev.moorage.csi.inprocess.InProcessNetwork.Registrar;
import dev.moorage.csi.inprocess.InProcessNetwork.Served;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// The in-process network as one process uses it: it serves drivers and registrations, and calls
/// those of others.
public final class InProcessSockets implements CsiConnections, CsiServers, PluginSockets {
  private static final int MOST_PATH_BYTES = 107;

  private final InProcessNetwork network;
  private final Group process;

  InProcessSockets(InProcessNetwork network, Group process) {
    this.network = network;
    this.process = process;
  }

  @Override
  public Connection open(String endpoint) {
    checkPath(pathOf(endpoint));
    return new InProcessConnection(endpoint);
  }

  private static String pathOf(String endpoint) {
    if (!endpoint.startsWith("unix:///"))
      throw new IllegalArgumentException(
          "an endpoint has the form unix:///path.sock, this has not: " + endpoint);
    return endpoint.substring("unix://".length());
  }

  /// Refuses what a kernel would refuse, so that the simulation meets the limit too.
  private static void checkPath(String path) {
    int bytes = path.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MOST_PATH_BYTES)
      throw new IllegalArgumentException(
          "a socket path has " + MOST_PATH_BYTES + " bytes at most, this has more: " + path);
  }

  @Override
  public AutoCloseable serve(String endpoint, Csi driver) {
    checkPath(pathOf(endpoint));
    var served = new Served(process, driver);
    network.bind(endpoint, served);
    return () -> network.unbind(endpoint, served);
  }

  @Override
  public AutoCloseable serve(String path, PluginInfo info, Heard heard) {
    checkPath(path);
    var registrar = new Registrar(process, info, heard);
    network.bind(path, registrar);
    return () -> network.unbind(path, registrar);
  }

  @Override
  public Registration dial(String path) {
    checkPath(path);
    return new InProcessRegistration(path);
  }

  /// Runs a call as a task of the serving process while the caller waits.
  private static <R> R callIn(
      Group server, Supplier<Boolean> alive, String what, Duration atMost, Callable<R> call) {
    Optional<R> answer;
    try {
      Task<R> task = server.start(what, call);
      answer = task.await(atMost);
    } catch (Stopped stopped) {
      if (alive.get()) throw stopped; // the caller itself was asked to leave
      throw new CsiException(Code.UNAVAILABLE, what + ": the serving process died");
    }
    return answer.orElseThrow(() ->
        new CsiException(
            Code.DEADLINE_EXCEEDED, what + ": no answer within " + atMost.toMillis() + " ms"));
  }

  private final class InProcessConnection implements Connection {
    private final String endpoint;
    private Optional<Served> last = Optional.empty();
    private long epoch;

    InProcessConnection(String endpoint) {
      this.endpoint = endpoint;
    }

    @Override
    public <R> R call(CsiCall<R> call, Duration atMost) {
      return process.tasks().effect(call.rpc(), call.subject(), () -> callNow(call, atMost));
    }

    private <R> R callNow(CsiCall<R> call, Duration atMost) {
      var served = connect();
      return callIn(
          served.process(),
          served::alive,
          call.rpc(),
          atMost,
          () -> answer(served.driver(), call, atMost));
    }

    private static <R> R answer(Csi driver, CsiCall<R> call, Duration atMost) {
      try {
        return driver.call(call, atMost);
      } catch (RuntimeException failure) {
        throw CsiException.of(call, failure);
      }
    }

    private synchronized Served connect() {
      var now = network.driver(endpoint);
      if (now.isEmpty()) throw new CsiException(Code.UNAVAILABLE, "nobody serves " + endpoint);
      if (!now.equals(last)) epoch++;
      last = now;
      return now.get();
    }

    @Override
    public synchronized long epoch() {
      return epoch;
    }

    @Override
    public void close() {}
  }

  private final class InProcessRegistration implements Registration {
    private final String path;

    InProcessRegistration(String path) {
      this.path = path;
    }

    @Override
    public PluginInfo info(Duration atMost) {
      var registrar = registrar();
      return callIn(registrar.process(), registrar::alive, "GetInfo", atMost, registrar::info);
    }

    @Override
    public void report(boolean registered, String error, Duration atMost) {
      var registrar = registrar();
      var _ =
          callIn(
              registrar.process(),
              registrar::alive,
              "NotifyRegistrationStatus",
              atMost,
              () -> {
                registrar.heard().registered(registered, error);
                return true;
              });
    }

    private Registrar registrar() {
      return network
          .registrar(path)
          .orElseThrow(() -> new CsiException(Code.UNAVAILABLE, "nobody serves " + path));
    }

    @Override
    public void close() {}
  }
}
