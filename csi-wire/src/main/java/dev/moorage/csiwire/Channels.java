package dev.moorage.csiwire;

import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.function.Function;
import java.util.function.Supplier;

/// The channels to one endpoint, one at a time.
///
/// A channel that failed to connect remembers it for a while and refuses further calls unheard.
/// Here the caller's back-off decides, and a driver that is back must be called at once: so a
/// channel that failed is replaced, and closed when nobody uses it any more. So is one whose peer
/// took the connection and has not said a word in a call's time: a socket's path may have another
/// server by now.
final class Channels implements AutoCloseable {
  private final Supplier<ManagedChannel> maker;
  private Use current; // guarded by this; so are all counts
  private boolean closed; // guarded by this

  Channels(Supplier<ManagedChannel> maker) {
    this.maker = maker;
    this.current = new Use(maker.get());
  }

  private static final class Use {
    final ManagedChannel channel;
    int users;

    Use(ManagedChannel channel) {
      this.channel = channel;
    }

    boolean connected() {
      return channel.getState(false) == ConnectivityState.READY;
    }
  }

  /// Uses the present channel for one call.
  ///
  /// @param verdict of that call: a driver that answers UNAVAILABLE by itself does so over a good
  ///   connection. The channel's own state may not say so yet: it is set after the calls that
  ///   waited for it have begun
  <R> R with(Verdict verdict, Function<ManagedChannel, R> call) {
    var use = take();
    boolean failed = false;
    try {
      return call.apply(use.channel);
    } catch (CsiException failure) {
      failed = mayBeTheConnections(failure.code()) && !verdict.isTheDrivers() && !use.connected();
      throw failure;
    } finally {
      giveBack(use, failed);
    }
  }

  private static boolean mayBeTheConnections(Code code) {
    return code == Code.UNAVAILABLE || code == Code.DEADLINE_EXCEEDED;
  }

  private synchronized Use take() {
    current.users++;
    return current;
  }

  private synchronized void giveBack(Use use, boolean failed) {
    use.users--;
    boolean present = use.equals(current);
    if (present && failed && !closed) current = new Use(maker.get());
    if (use.users == 0 && !use.equals(current)) use.channel.shutdownNow();
  }

  /// Ends the present channel; its running calls fail as cancelled or unavailable.
  @Override
  public synchronized void close() {
    closed = true;
    current.channel.shutdownNow();
  }
}
