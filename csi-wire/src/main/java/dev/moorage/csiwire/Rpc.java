package dev.moorage.csiwire;

import com.google.protobuf.Message;
import dev.moorage.csi.BlockMetadata;
import dev.moorage.csi.CsiCall;
import io.grpc.MethodDescriptor;
import java.util.Iterator;
import java.util.function.Function;

/// One rpc: its method on the wire, and its call and answer in both directions.
///
/// @param <C> the call's record
/// @param <R> the answer's record
/// @param <Q> the request message
/// @param <A> the response message
sealed interface Rpc<C extends CsiCall<R>, R, Q extends Message, A extends Message> {
  MethodDescriptor<Q, A> method();

  Function<C, Q> toRequest();

  Function<Q, C> fromRequest();

  /// Answered with one message.
  record Unary<C extends CsiCall<R>, R, Q extends Message, A extends Message>(
      MethodDescriptor<Q, A> method,
      Function<C, Q> toRequest,
      Function<Q, C> fromRequest,
      Function<R, A> toAnswer,
      Function<A, R> fromAnswer)
      implements Rpc<C, R, Q, A> {}

  /// Answered with a stream of block metadata.
  ///
  /// @param toMessages makes one message after the other
  record Streamed<C extends CsiCall<R>, R, Q extends Message, A extends Message>(
      MethodDescriptor<Q, A> method,
      Function<C, Q> toRequest,
      Function<Q, C> fromRequest,
      Function<R, Iterator<A>> toMessages,
      Function<A, BlockMetadata.Message> fromMessage)
      implements Rpc<C, R, Q, A> {}
}
