package dev.moorage.csiwire;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.Optional;

/// Reads requests; one that cannot be read is nothing, for the handler to refuse. Thrown from here
/// it would be answered as a fault of the server's own, UNKNOWN and without a word of what is
/// wrong.
record Received<Q extends Message>(Marshaller<Q> messages) implements Marshaller<Optional<Q>> {

  static <Q extends Message, A extends Message> MethodDescriptor<Optional<Q>, A> of(
      MethodDescriptor<Q, A> method) {
    return method.toBuilder(
            new Received<>(method.getRequestMarshaller()), method.getResponseMarshaller())
        .build();
  }

  @Override
  public InputStream stream(Optional<Q> request) {
    return messages.stream(request.orElseThrow());
  }

  @Override
  public Optional<Q> parse(InputStream stream) {
    try {
      return Optional.of(messages.parse(stream));
    } catch (StatusRuntimeException unreadable) {
      return Optional.empty();
    }
  }
}
