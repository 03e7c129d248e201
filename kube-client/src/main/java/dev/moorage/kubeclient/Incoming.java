package dev.moorage.kubeclient;

import dev.moorage.base.Gate;
import dev.moorage.base.Group;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of an answer as it comes: the library's callbacks on one side, a reader who waits at a
/// gate on the other. No more is asked for than the reader has taken.
final class Incoming extends InputStream {
  private final Group group;
  private final long endNanos;
  private final Deque<ByteBuffer> chunks = new ArrayDeque<>(); // guarded by this, as all below
  private @Nullable AsyncBody body;
  private boolean ended;
  private @Nullable Throwable failure;
  private @Nullable Gate waiting;

  /// @param endNanos on the steady clock: when the whole body must be there
  Incoming(Group group, long endNanos) {
    this.group = group;
    this.endNanos = endNanos;
  }

  // The library's side

  /// The answer has begun.
  void begin(AsyncBody body) {
    synchronized (this) {
      this.body = body;
    }
    var _ = body.done().whenComplete((_, failure) -> end(failure));
    body.consume();
  }

  void take(List<ByteBuffer> buffers, AsyncBody from) {
    @Nullable Gate reader;
    boolean empty;
    synchronized (this) {
      buffers.stream().filter(ByteBuffer::hasRemaining).forEach(chunks::add);
      empty = chunks.isEmpty();
      reader = waiting;
    }
    if (empty) from.consume();
    else if (reader != null) reader.open();
  }

  private void end(@Nullable Throwable how) {
    @Nullable Gate reader;
    synchronized (this) {
      ended = true;
      failure = how;
      reader = waiting;
    }
    if (reader != null) reader.open();
  }

  // The reader's side

  /// Waits until there is something to read, or the body has ended.
  ///
  /// @return whether that came in time
  boolean await(Duration atMost) {
    var gate = group.newGate();
    synchronized (this) {
      if (ended || !chunks.isEmpty()) return true;
      waiting = gate;
    }
    return gate.await(atMost);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    if (length == 0) return 0;
    var left = Duration.ofNanos(endNanos - group.tasks().nanos());
    if (!await(left)) throw new IOException("the answer took too long");
    return poll(to, at, length);
  }

  /// Reads what is there now.
  ///
  /// @return how many bytes; 0 while there are none, -1 at the end
  int poll(byte[] to, int at, int length) throws IOException {
    @Nullable AsyncBody empty = null;
    int count;
    synchronized (this) {
      var first = chunks.peek();
      if (first == null) {
        if (failure != null) throw new IOException("the answer broke off", failure);
        return ended ? -1 : 0;
      }
      count = Math.min(length, first.remaining());
      first.get(to, at, count);
      if (!first.hasRemaining()) chunks.remove();
      if (chunks.isEmpty()) empty = body;
    }
    if (empty != null) empty.consume();
    return count;
  }

  /// Wants no more of it.
  @Override
  public void close() {
    @Nullable AsyncBody open;
    synchronized (this) {
      open = ended ? null : body;
      chunks.clear();
    }
    if (open != null) open.cancel();
  }
}
