package dev.moorage.csiwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import csi.v1.CsiProto;
import csi.v1.IdentityGrpc;
import dev.moorage.base.Group;
import dev.moorage.base.live.LiveTasks;
import dev.moorage.csi.CapacityRange;
import dev.moorage.csi.Certainty;
import dev.moorage.csi.ContentSource;
import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiContract.Served;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.csi.GetPluginInfo;
import dev.moorage.csi.Probe;
import dev.moorage.csi.ScriptedDriver;
import dev.moorage.csi.Secrets;
import dev.moorage.csi.TopologyRequirement;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers at a driver's socket that are broken, or no drivers at all. A call to them ends in time,
/// never as if the driver had refused it; the same connection serves when a good driver has come.
class ForeignWireIT {
  private static final CreateVolume CREATE =
      new CreateVolume(
          "v",
          CapacityRange.ANY,
          List.of(),
          Map.of(),
          Secrets.NONE,
          new ContentSource.Empty(),
          TopologyRequirement.NONE,
          Map.of());
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;
  private Group process;
  private GrpcSockets sockets;
  private Connection connection;
  private final List<SocketChannel> taken = new ArrayList<>(); // guarded by itself

  @BeforeEach
  void start() {
    process = new LiveTasks().group("test");
    sockets = new GrpcSockets(process);
    connection = sockets.open("unix://" + path());
  }

  @AfterEach
  void end() throws IOException {
    synchronized (taken) {
      for (var channel : taken) channel.close();
    }
    connection.close();
    process.close();
  }

  private Path path() {
    return folder.resolve("csi.sock");
  }

  // Peers that speak no HTTP/2

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u0000\u0001 garbage \u007f"})
  void who_hangs_up_or_speaks_something_else_is_unavailable(String words) throws IOException {
    try (var _ =
        peer(channel -> {
          channel.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8)));
          channel.close();
        })) {
      ends(new Probe(), LONG, Code.UNAVAILABLE);
    }
    aGoodDriverIsServed();
  }

  @Test
  void who_takes_the_connection_and_says_nothing_is_given_up_when_the_time_is_over()
      throws IOException {
    try (var _ = peer(_ -> {})) {
      ends(new Probe(), SHORT, Code.DEADLINE_EXCEEDED);
      Files.delete(path()); // the silent one lives on, and another one takes its place
      aGoodDriverIsServed();
    }
  }

  @Test
  void a_socket_that_nobody_listens_on_is_unavailable_and_named() throws IOException {
    try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(ends(new Probe(), LONG, Code.UNAVAILABLE)).contains(path().toString());
    aGoodDriverIsServed();
  }

  /// What a peer does with a connection.
  @FunctionalInterface
  private interface Peer {
    void met(SocketChannel channel) throws IOException;
  }

  private AutoCloseableIo peer(Peer peer) throws IOException {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path()));
    process.start(
        "peer",
        () -> {
          while (server.isOpen()) {
            var channel = server.accept();
            synchronized (taken) {
              taken.add(channel);
            }
            peer.met(channel);
          }
          return true;
        });
    return () -> {
      server.close();
      Files.deleteIfExists(path());
    };
  }

  private interface AutoCloseableIo extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  // Drivers whose answers cannot be read

  @Test
  void a_text_that_is_no_utf_8_is_not_the_drivers_refusal() throws IOException {
    try (var _ =
        answering(IdentityGrpc.getGetPluginInfoMethod(), () -> new byte[] {10, 2, -61, 40})) {
      var failed = failure(new GetPluginInfo(), LONG);
      assertThat(Certainty.of(CREATE, failed.code())).isEqualTo(Certainty.MAYBE_RUNNING);
    }
    aGoodDriverIsServed();
  }

  @Test
  void an_answer_that_is_too_large_is_not_the_drivers_refusal() throws IOException {
    var huge = CsiProto.GetPluginInfoResponse.newBuilder().setName("x".repeat(17 << 20)).build();
    try (var _ = answering(IdentityGrpc.getGetPluginInfoMethod(), huge::toByteArray)) {
      assertThat(ends(new GetPluginInfo(), LONG, Code.UNAVAILABLE))
          .contains("cannot be read", "RESOURCE_EXHAUSTED");
    }
    aGoodDriverIsServed();
  }

  @Test
  void a_refusal_with_a_long_text_is_the_drivers_own_and_shortened() throws IOException {
    try (var _ =
        answering(
            IdentityGrpc.getGetPluginInfoMethod(),
            () -> {
              throw Status.FAILED_PRECONDITION
                  .withDescription("tool said: " + "x".repeat(100_000))
                  .asRuntimeException();
            })) {
      assertThat(ends(new GetPluginInfo(), LONG, Code.FAILED_PRECONDITION))
          .contains("tool said")
          .hasSizeLessThan(2_000);
    }
  }

  @Test
  void a_driver_that_says_goodbye_ends_its_calls_and_the_next_one_gets_the_new_ones()
      throws Exception {
    var called = process.newGate();
    var goOn = process.newGate();
    var last =
        new Served(
            sockets.serve(
                "unix://" + path(),
                new ScriptedDriver(_ -> {
                  called.open();
                  goOn.await(LONG);
                  return new Probe.Answer(true);
                })));
    var call = process.start("call", () -> connection.call(new Probe(), LONG));
    called.await(LONG);
    var closing =
        process.start(
            "close",
            () -> {
              last.close();
              return true;
            });
    goOn.open();
    assertThat(call.await().ready()).isTrue();
    closing.await();
    aGoodDriverIsServed();
  }

  /// A gRPC server of one method, whose answers are bytes.
  private AutoCloseableIo answering(MethodDescriptor<?, ?> method, Supplier<byte[]> answer)
      throws IOException {
    var raw =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method.getFullMethodName())
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    var service =
        ServerServiceDefinition.builder(String.valueOf(method.getServiceName()))
            .addMethod(
                raw,
                ServerCalls.asyncUnaryCall((byte[] _, io.grpc.stub.StreamObserver<byte[]> to) -> {
                  try {
                    to.onNext(answer.get());
                    to.onCompleted();
                  } catch (StatusRuntimeException refusal) {
                    to.onError(refusal);
                  }
                }))
            .build();
    var server =
        OkHttpServerBuilder.forPort(new InetSocketAddress(0), InsecureServerCredentials.create())
            .socketFactory(UnixServerSocket.factory(UnixEndpoint.ofPath(path().toString())))
            .executor(process.executor())
            .addService(service)
            .build()
            .start();
    return () -> {
      server.shutdownNow();
      await().until(server::isTerminated);
      Files.deleteIfExists(path());
    };
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw Status.INTERNAL.withCause(broken).asRuntimeException();
      }
    }
  }

  // What is asked

  private String ends(CsiCall<?> call, Duration atMost, Code code) {
    var failed = failure(call, atMost);
    assertThat(failed.code()).as(failed.getMessage()).isEqualTo(code);
    return String.valueOf(failed.getMessage());
  }

  private CsiException failure(CsiCall<?> call, Duration atMost) {
    return assertThatExceptionOfType(CsiException.class)
        .isThrownBy(() -> connection.call(call, atMost))
        .actual();
  }

  private void aGoodDriverIsServed() {
    try (var _ =
        new Served(
            sockets.serve("unix://" + path(), new ScriptedDriver(_ -> new Probe.Answer(true))))) {
      assertThat(connection.call(new Probe(), LONG).ready()).isTrue();
    }
  }
}
