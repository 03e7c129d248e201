package dev.moorage.csiwire;

import com.google.protobuf.Message;
import dev.moorage.base.Stopped;
import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A driver behind its socket.
final class GrpcConnection implements Connection {
  /// What is held of one stream's answer.
  static final int MOST_RANGES = 4_000_000;

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
  private <C extends CsiCall<R>, R, Q extends Message, A extends Message> Object answer(
      Rpc<C, R, Q, A> rpc, CsiCall<?> call, Duration atMost) {
    var tried = call.rpc() + " at " + endpoint;
    var request = rpc.toRequest().apply((C) call);
    return switch (rpc) {
      case Rpc.Unary<C, R, Q, A> unary ->
          reached(
              tried,
              atMost,
              (channel, options) ->
                  read(
                      tried,
                      unary.fromAnswer(),
                      ClientCalls.blockingUnaryCall(channel, rpc.method(), options, request)));
      case Rpc.Streamed<C, R, Q, A> streamed ->
          reached(
              tried,
              atMost,
              (channel, options) ->
                  gathered(
                      tried,
                      streamed.fromMessage(),
                      () ->
                          ClientCalls.blockingServerStreamingCall(
                              channel, rpc.method(), options, request)));
    };
  }

  private static <A, R> R read(String tried, Function<A, R> fromAnswer, A message) {
    try {
      return fromAnswer.apply(message);
    } catch (CsiException nonsense) {
      // It was done, or is being done: what, nobody can tell.
      throw new CsiException(
          Code.UNAVAILABLE,
          tried + " was answered with nonsense: " + nonsense.getMessage(),
          nonsense);
    }
  }

  /// Takes a stream message by message, and hangs up on one that does not end.
  private static <A> BlockMetadata gathered(
      String tried, Function<A, BlockMetadata.Message> fromMessage, Supplier<Iterator<A>> call) {
    var context = Context.current().withCancellation();
    var before = context.attach();
    try {
      var messages = new ArrayList<BlockMetadata.Message>();
      long ranges = 0;
      for (var stream = call.get(); stream.hasNext(); ) {
        var message = read(tried, fromMessage, stream.next());
        messages.add(message);
        ranges += Math.max(1, message.ranges().size());
        if (ranges > MOST_RANGES) throw tooMany(tried);
      }
      return new BlockMetadata(messages);
    } finally {
      context.detachAndCancel(before, null);
    }
  }

  private static CsiException tooMany(String tried) {
    return new CsiException(
        Code.RESOURCE_EXHAUSTED,
        tried
            + ": the driver tells of more than "
            + MOST_RANGES
            + " ranges, which is more than is held here; ask again in parts, from a later starting"
            + " offset");
  }

  private interface Asking<R> {
    R ask(Channel channel, CallOptions options);
  }

  private <R> R reached(String tried, Duration atMost, Asking<R> asking) {
    var verdict = new Verdict();
    return channels.with(
        verdict,
        channel -> {
          try {
            var options = GrpcSockets.within(atMost).withStreamTracerFactory(verdict);
            return asking.ask(channel, options);
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
