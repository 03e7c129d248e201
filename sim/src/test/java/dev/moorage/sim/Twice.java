package dev.moorage.sim;

import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.GetCapacity;
import dev.moorage.kube.Kube;
import dev.moorage.kube.KubeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Everything is done twice: each CSI call is repeated and must be answered as before; each write
/// to the API is repeated and must be refused harmlessly, or say again what is there.
final class Twice implements BodyWrap {
  private static final Set<KubeException.Reason> HARMLESS =
      EnumSet.of(
          KubeException.Reason.Conflict,
          KubeException.Reason.AlreadyExists,
          KubeException.Reason.NotFound);

  private final List<String> unlike = new ArrayList<>();
  private int repeated;

  /// What was not the same the second time, as lines.
  List<String> unlike() {
    return unlike;
  }

  /// How many writes and calls were repeated.
  int repeated() {
    return repeated;
  }

  @Override
  public Kube kube(Kube kube, String user) {
    return new DisturbedKube(kube, new WrittenTwice());
  }

  private final class WrittenTwice implements DisturbedKube.Disturbance {
    @Override
    public <R> R write(String name, Supplier<R> write) {
      var first = write.get();
      repeated++;
      try {
        var _ = write.get();
      } catch (KubeException refused) {
        if (!HARMLESS.contains(refused.reason())) unlike.add(name + ": " + refused.getMessage());
      }
      return first;
    }
  }

  @Override
  public Connection connection(Connection connection) {
    return new CalledTwice(connection);
  }

  private final class CalledTwice implements Connection {
    private final Connection connection;

    CalledTwice(Connection connection) {
      this.connection = connection;
    }

    @Override
    public <R> R call(CsiCall<R> call, Duration atMost) {
      R first = connection.call(call, atMost);
      repeated++;
      R second = connection.call(call, atMost);
      // what is free may have changed meanwhile
      if (!(call instanceof GetCapacity) && !first.equals(second))
        unlike.add(call + ": first " + first + ", then " + second);
      return first;
    }

    @Override
    public long epoch() {
      return connection.epoch();
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
