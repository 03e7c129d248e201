package dev.moorage.csiwire;

import com.google.protobuf.Message;
import csi.v1.ControllerGrpc;
import csi.v1.GroupControllerGrpc;
import csi.v1.IdentityGrpc;
import csi.v1.NodeGrpc;
import csi.v1.SnapshotMetadataGrpc;
import dev.moorage.base.Group;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Bytes to and from a driver's socket: no value of ours is between, so that anything can be asked.
public final class RawCsi implements AutoCloseable {
  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          IdentityGrpc.getServiceDescriptor(),
          ControllerGrpc.getServiceDescriptor(),
          GroupControllerGrpc.getServiceDescriptor(),
          SnapshotMetadataGrpc.getServiceDescriptor(),
          NodeGrpc.getServiceDescriptor());

  private final ManagedChannel channel;

  /// @param process whose tasks carry the calls
  /// @param endpoint a `unix://` address
  public RawCsi(Group process, String endpoint) {
    var factory = new UnixSocketFactory(UnixEndpoint.of(endpoint));
    this.channel = new GrpcSockets(process).channel(factory);
  }

  /// A method of the specification, with bytes on both sides.
  ///
  /// @param request an empty request
  /// @param answer an empty answer
  public record Rpc(
      String name, Message request, Message answer, MethodDescriptor<byte[], byte[]> method) {}

  /// What a driver answered.
  ///
  /// @param messages one, or those of a stream; none of a refusal
  public record Answer(Status.Code code, String text, List<byte[]> messages) {
    public Answer {
      messages = List.copyOf(messages);
    }

    public boolean ok() {
      return code == Status.Code.OK;
    }
  }

  /// Every rpc by its name.
  public static Map<String, Rpc> rpcs() {
    var rpcs = new TreeMap<String, Rpc>();
    for (var service : SERVICES)
      for (var method : service.getMethods())
        rpcs.put(String.valueOf(method.getBareMethodName()), rpc(method));
    return rpcs;
  }

  private static Rpc rpc(MethodDescriptor<?, ?> method) {
    var raw =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(method.getType())
            .setFullMethodName(method.getFullMethodName())
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    return new Rpc(
        String.valueOf(method.getBareMethodName()),
        prototype(method.getRequestMarshaller()),
        prototype(method.getResponseMarshaller()),
        raw);
  }

  private static Message prototype(Marshaller<?> marshaller) {
    if (marshaller instanceof PrototypeMarshaller<?> known
        && known.getMessagePrototype() instanceof Message message) return message;
    throw new IllegalStateException("no message is known of " + marshaller);
  }

  /// Calls, and waits so long at most.
  public Answer call(Rpc rpc, byte[] request, Duration atMost) {
    var options =
        CallOptions.DEFAULT.withDeadlineAfter(
            atMost.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    var messages = new ArrayList<byte[]>();
    try {
      if (rpc.method().getType() == MethodDescriptor.MethodType.UNARY)
        messages.add(ClientCalls.blockingUnaryCall(channel, rpc.method(), options, request));
      else
        ClientCalls.blockingServerStreamingCall(channel, rpc.method(), options, request)
            .forEachRemaining(messages::add);
      return new Answer(Status.Code.OK, "", messages);
    } catch (StatusRuntimeException refusal) {
      var text = refusal.getStatus().getDescription();
      return new Answer(refusal.getStatus().getCode(), text == null ? "" : text, List.of());
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static final class Bytes implements Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
