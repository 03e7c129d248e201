package dev.moorage.csiwire;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.Iterator;

/// A stream on its way to a caller: messages are made only as fast as the caller takes them, so
/// that a slow one fills no memory. gRPC calls it for one stream from one thread at a time.
final class Sending<A> {
  private final Iterator<A> messages;
  private final ServerCallStreamObserver<A> caller;
  private boolean done;

  /// @param messages made one by one as they are asked for
  Sending(Iterator<A> messages, ServerCallStreamObserver<A> caller) {
    this.messages = messages;
    this.caller = caller;
  }

  /// Sends until the caller has enough to read, and the end behind the last message.
  void sendWhatIsTaken() {
    while (messages.hasNext() && caller.isReady()) caller.onNext(messages.next());
    if (messages.hasNext() || done) return;
    done = true;
    caller.onCompleted();
  }
}
