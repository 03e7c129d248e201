package dev.moorage.csiwire;

import dev.moorage.csi.PluginSockets.Heard;
import dev.moorage.csi.PluginSockets.PluginInfo;
import dev.moorage.csi.PluginSockets.Registration;
import io.grpc.ManagedChannel;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import pluginregistration.RegistrationGrpc;
import pluginregistration.RegistrationProto;

/// The kubelet's plugin registration on the wire, both sides.
final class RegistrationWire implements Registration {
  private final String path;
  private final ManagedChannel channel;

  RegistrationWire(String path, ManagedChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static ServerServiceDefinition service(PluginInfo info, Heard heard) {
    return ServerServiceDefinition.builder(RegistrationGrpc.SERVICE_NAME)
        .addMethod(
            RegistrationGrpc.getGetInfoMethod(),
            ServerCalls.asyncUnaryCall(
                (RegistrationProto.InfoRequest _,
                    StreamObserver<RegistrationProto.PluginInfo> observer) -> {
                  observer.onNext(message(info));
                  observer.onCompleted();
                }))
        .addMethod(
            RegistrationGrpc.getNotifyRegistrationStatusMethod(),
            ServerCalls.asyncUnaryCall(
                (RegistrationProto.RegistrationStatus status,
                    StreamObserver<RegistrationProto.RegistrationStatusResponse> observer) -> {
                  heard.registered(status.getPluginRegistered(), status.getError());
                  observer.onNext(
                      RegistrationProto.RegistrationStatusResponse.getDefaultInstance());
                  observer.onCompleted();
                }))
        .build();
  }

  private static RegistrationProto.PluginInfo message(PluginInfo info) {
    return RegistrationProto.PluginInfo.newBuilder()
        .setType(info.type())
        .setName(info.name())
        .setEndpoint(info.endpoint())
        .addAllSupportedVersions(info.versions())
        .build();
  }

  @Override
  public PluginInfo info(Duration atMost) {
    try {
      var message =
          ClientCalls.blockingUnaryCall(
              channel,
              RegistrationGrpc.getGetInfoMethod(),
              GrpcSockets.within(atMost),
              RegistrationProto.InfoRequest.getDefaultInstance());
      return new PluginInfo(
          message.getType(),
          message.getName(),
          message.getEndpoint(),
          message.getSupportedVersionsList());
    } catch (StatusRuntimeException failure) {
      throw GrpcCodes.exception("GetInfo at " + path, failure);
    }
  }

  @Override
  public void report(boolean registered, String error, Duration atMost) {
    try {
      var _ =
          ClientCalls.blockingUnaryCall(
              channel,
              RegistrationGrpc.getNotifyRegistrationStatusMethod(),
              GrpcSockets.within(atMost),
              RegistrationProto.RegistrationStatus.newBuilder()
                  .setPluginRegistered(registered)
                  .setError(error)
                  .build());
    } catch (StatusRuntimeException failure) {
      throw GrpcCodes.exception("NotifyRegistrationStatus at " + path, failure);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
