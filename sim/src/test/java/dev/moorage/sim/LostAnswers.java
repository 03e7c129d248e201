package dev.moorage.sim;

import dev.moorage.csi.CsiCall;
import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.csi.CsiException;
import dev.moorage.csi.CsiException.Code;
import dev.moorage.kube.Kube;
import dev.moorage.kube.OutcomeUnknown;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Whatever an actor writes or calls for the first time is done, and the answer is lost on the way
/// back.
final class LostAnswers implements BodyWrap {
  private final Set<String> done = new TreeSet<>();

  /// How many answers were lost.
  int lost() {
    return done.size();
  }

  @Override
  public Kube kube(Kube kube, String user) {
    return user.startsWith("system:") ? new DisturbedKube(kube, new Lost()) : kube;
  }

  private final class Lost implements DisturbedKube.Disturbance {
    @Override
    public <R> R write(String name, Supplier<R> write) {
      var answer = write.get();
      if (done.add(name)) throw new OutcomeUnknown(name + ": the answer was lost");
      return answer;
    }
  }

  @Override
  public Connection connection(Connection connection) {
    return new Connection() {
      @Override
      public <R> R call(CsiCall<R> call, Duration atMost) {
        R answer = connection.call(call, atMost);
        if (done.add(call.toString()))
          throw new CsiException(Code.UNAVAILABLE, call.rpc() + ": the answer was lost");
        return answer;
      }

      @Override
      public long epoch() {
        return connection.epoch();
      }

      @Override
      public void close() {
        connection.close();
      }
    };
  }
}
