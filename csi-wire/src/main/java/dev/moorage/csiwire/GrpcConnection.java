package dev.moorage.csiwire;

import com.google.protobuf.Message;
import dev.moorage.base.Stopped;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.function.LongSupplier;

/// A driver behind its socket.
final class GrpcConnection implements Connection {
  private final String endpoint;
  private final LongSupplier epoch;
  private final Channels channels;

  GrpcConnection(String endpoint, LongSupplier epoch, Channels channels) {
    this.endpoint = endpoint;
    this.epoch = epoch;
    this.channels = channels;
  }

  @Override
  public <R> R call(CsiCall<R> call, Duration atMost) {
    return call.answer().cast(answer(Rpcs.of(call), call, atMost));
  }

  /// [Rpcs#of] pairs each call with the rpc of its own types.
  @SuppressWarnings("unchecked")
  private <C extends CsiCall<R>, R, Q extends Message, A extends Message> R answer(
      Rpc<C, R, Q, A> rpc, CsiCall<?> call, Duration atMost) {
    var tried = call.rpc() + " at " + endpoint;
    var request = rpc.toRequest().apply((C) call);
    var message = reached(tried, atMost, rpc.method(), request);
    try {
      return rpc.fromAnswer().apply(message);
    } catch (CsiException nonsense) {
      // It was done, or is being done: what, nobody can tell.
      throw new CsiException(
          Code.UNAVAILABLE,
          tried + " was answered with nonsense: " + nonsense.getMessage(),
          nonsense);
    }
  }

  private <Q extends Message, A extends Message> A reached(
      String tried, Duration atMost, MethodDescriptor<Q, A> method, Q request) {
    var verdict = new Verdict();
    return channels.with(
        verdict,
        channel -> {
          try {
            var options = GrpcSockets.within(atMost).withStreamTracerFactory(verdict);
            return ClientCalls.blockingUnaryCall(channel, method, options, request);
          } catch (StatusRuntimeException failure) {
            if (failure.getCause() instanceof InterruptedException) throw new Stopped(tried);
            throw verdict.isTheDrivers()
                ? GrpcCodes.exception(tried, failure)
                : GrpcCodes.unread(tried, atMost, failure);
          }
        });
  }

  @Override
  public long epoch() {
    return epoch.getAsLong();
  }

  @Override
  public void close() {
    channels.close();
  }
}
