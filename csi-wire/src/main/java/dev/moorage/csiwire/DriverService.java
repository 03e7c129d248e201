package dev.moorage.csiwire;

import com.google.protobuf.Message;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import io.grpc.Context;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A driver as gRPC services. Rpcs without a mapping answer UNIMPLEMENTED by themselves.
final class DriverService {
  /// What a call without a deadline gets: the kubelet's and the sidecars' calls always have one.
  private static final Duration WITHOUT_DEADLINE = Duration.ofMinutes(2);

  private final Csi driver;

  private DriverService(Csi driver) {
    this.driver = driver;
  }

  static List<ServerServiceDefinition> of(Csi driver) {
    var service = new DriverService(driver);
    var builders = new LinkedHashMap<String, ServerServiceDefinition.Builder>();
    for (Rpc<?, ?, ?, ?> rpc : Rpcs.ALL) service.add(rpc, builders);
    var services = new ArrayList<ServerServiceDefinition>();
    builders.values().forEach(builder -> services.add(builder.build()));
    return services;
  }

  private <C extends CsiCall<R>, R, Q extends Message, A extends Message> void add(
      Rpc<C, R, Q, A> rpc, Map<String, ServerServiceDefinition.Builder> builders) {
    var name = String.valueOf(rpc.method().getServiceName());
    builders
        .computeIfAbsent(name, ServerServiceDefinition::builder)
        .addMethod(Received.of(rpc.method()), handler(rpc));
  }

  private <C extends CsiCall<R>, R, Q extends Message, A extends Message>
      ServerCallHandler<Optional<Q>, A> handler(Rpc<C, R, Q, A> rpc) {
    return switch (rpc) {
      case Rpc.Unary<C, R, Q, A> unary ->
          ServerCalls.asyncUnaryCall((Optional<Q> request, StreamObserver<A> observer) ->
              answer(unary, request, observer));
      case Rpc.Streamed<C, R, Q, A> streamed ->
          ServerCalls.asyncServerStreamingCall((Optional<Q> request, StreamObserver<A> observer) ->
              stream(streamed, request, (ServerCallStreamObserver<A>) observer));
    };
  }

  private <C extends CsiCall<R>, R, Q extends Message, A extends Message> void answer(
      Rpc.Unary<C, R, Q, A> rpc, Optional<Q> request, StreamObserver<A> observer) {
    A answer;
    try {
      answer = rpc.toAnswer().apply(answer(call(rpc, request)));
    } catch (CsiException refusal) {
      observer.onError(GrpcCodes.status(refusal));
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }

  private <C extends CsiCall<R>, R, Q extends Message, A extends Message> void stream(
      Rpc.Streamed<C, R, Q, A> rpc, Optional<Q> request, ServerCallStreamObserver<A> observer) {
    Iterator<A> messages;
    try {
      messages = rpc.toMessages().apply(answer(call(rpc, request)));
    } catch (CsiException refusal) {
      observer.onError(GrpcCodes.status(refusal));
      return;
    }
    var sending = new Sending<>(messages, observer);
    observer.setOnCancelHandler(() -> {}); // who left is not sent anything, and that is all
    observer.setOnReadyHandler(sending::sendWhatIsTaken);
  }

  private static <C extends CsiCall<R>, R, Q extends Message, A extends Message> C call(
      Rpc<C, R, Q, A> rpc, Optional<Q> request) {
    return request
        .map(rpc.fromRequest())
        .orElseThrow(() ->
            new CsiException(
                Code.INVALID_ARGUMENT,
                rpc.method().getBareMethodName()
                    + ": the request is no message of the specification: its bytes are damaged, or"
                    + " a text is not UTF-8"));
  }

  private <R> R answer(CsiCall<R> call) {
    try {
      return driver.call(call, remaining());
    } catch (RuntimeException failure) {
      throw CsiException.of(call, failure);
    }
  }

  private static Duration remaining() {
    var deadline = Context.current().getDeadline();
    return deadline == null
        ? WITHOUT_DEADLINE
        : Duration.ofNanos(Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS)));
  }
}
