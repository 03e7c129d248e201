package dev.moorage.csiwire;

import com.google.protobuf.Message;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiException;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        .addMethod(
            rpc.method(),
            ServerCalls.asyncUnaryCall(
                (Q request, StreamObserver<A> observer) -> answer(rpc, request, observer)));
  }

  private <C extends CsiCall<R>, R, Q extends Message, A extends Message> void answer(
      Rpc<C, R, Q, A> rpc, Q request, StreamObserver<A> observer) {
    A answer;
    try {
      answer = rpc.toAnswer().apply(answer(rpc.fromRequest().apply(request)));
    } catch (CsiException refusal) {
      observer.onError(GrpcCodes.status(refusal));
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
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
