package dev.moorage.csiwire;

import dev.moorage.base.Group;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiConnections;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.CsiServers;
import dev.moorage.csi.PluginSockets;
import io.grpc.CallOptions;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.okhttp.OkHttpServerBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// CSI and plugin registration over gRPC on Unix sockets, for one process.
public final class GrpcSockets implements CsiConnections, CsiServers, PluginSockets {
  private static final Duration DRAIN = Duration.ofSeconds(5);
  private static final int MOST_MESSAGE_BYTES = 16 << 20;

  /// A refusal's message travels in the trailers; some drivers send all that their tools have said.
  private static final int MOST_STATUS_BYTES = 1 << 20;

  private final Group process;
  private final Duration drain;

  /// @param process whose tasks carry the calls
  public GrpcSockets(Group process) {
    this(process, DRAIN);
  }

  /// @param drain how long running calls may go on when what is served closes
  public GrpcSockets(Group process, Duration drain) {
    this.process = process;
    this.drain = drain;
  }

  @Override
  public Connection open(String endpoint) {
    var factory = new UnixSocketFactory(UnixEndpoint.of(endpoint));
    return new GrpcConnection(endpoint, factory::epoch, new Channels(() -> channel(factory)));
  }

  @Override
  public AutoCloseable serve(String endpoint, Csi driver) {
    return serve(UnixEndpoint.of(endpoint), DriverService.of(driver));
  }

  @Override
  public AutoCloseable serve(String path, PluginInfo info, Heard heard) {
    return serve(UnixEndpoint.ofPath(path), List.of(RegistrationWire.service(info, heard)));
  }

  @Override
  public Registration dial(String path) {
    var factory = new UnixSocketFactory(UnixEndpoint.ofPath(path));
    return new RegistrationWire(path, channel(factory));
  }

  /// Removes the short links that lead into a folder: those of a killed program, or of one whose
  /// sockets are all closed.
  public static void forgetLinksInto(Path folder) {
    UnixEndpoint.forgetLinksInto(folder);
  }

  /// The options of a call that waits so long, 292 years at most.
  static CallOptions within(Duration atMost) {
    return CallOptions.DEFAULT.withDeadlineAfter(
        TimeUnit.NANOSECONDS.convert(atMost), TimeUnit.NANOSECONDS);
  }

  ManagedChannel channel(UnixSocketFactory factory) {
    return OkHttpChannelBuilder.forAddress("127.0.0.1", 1) // a number, so that no name is looked up
        .usePlaintext()
        .socketFactory(factory)
        .overrideAuthority("localhost") // some servers reset calls whose authority is a path
        .proxyDetector(_ -> null)
        .executor(process.executor())
        .transportExecutor(process.executor())
        .maxInboundMessageSize(MOST_MESSAGE_BYTES)
        .maxInboundMetadataSize(MOST_STATUS_BYTES)
        .build();
  }

  private AutoCloseable serve(UnixEndpoint endpoint, List<ServerServiceDefinition> services) {
    var server =
        OkHttpServerBuilder.forPort(new InetSocketAddress(0), InsecureServerCredentials.create())
            .socketFactory(UnixServerSocket.factory(endpoint))
            .executor(process.executor())
            .transportExecutor(process.executor())
            .maxInboundMessageSize(MOST_MESSAGE_BYTES)
            .addServices(services)
            .build();
    try {
      server.start();
    } catch (IOException refused) {
      throw new CsiException(
          Code.UNAVAILABLE,
          "cannot serve at " + endpoint.path() + ": " + refused.getMessage(),
          refused);
    }
    return () -> stop(server);
  }

  /// Lets running calls end, for a while.
  private void stop(Server server) {
    server.shutdown();
    try {
      if (!server.awaitTermination(drain.toMillis(), TimeUnit.MILLISECONDS)) server.shutdownNow();
    } catch (InterruptedException leave) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
