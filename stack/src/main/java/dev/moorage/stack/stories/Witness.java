package dev.moorage.stack.stories;

import dev.moorage.csi.CreateVolume;
import dev.moorage.csi.Csi;
import dev.moorage.csi.CsiCall;
import dev.moorage.csi.NodePublishVolume;
import dev.moorage.csi.NodeStageVolume;
import java.time.Duration;

/// Stands at a driver's door: sees what arrives, just before the driver does, and what was
/// published.
public final class Witness {

  /// What a story wants to see.
  public interface Eyes {
    /// A CreateVolume arrived.
    void arrived(CreateVolume call);

    /// A NodeStageVolume arrived; nothing is staged yet.
    void arrived(NodeStageVolume call);

    /// A NodePublishVolume has been done.
    void done(NodePublishVolume call);
  }

  private volatile Eyes eyes =
      new Eyes() {
        @Override
        public void arrived(CreateVolume call) {}

        @Override
        public void arrived(NodeStageVolume call) {}

        @Override
        public void done(NodePublishVolume call) {}
      };

  /// From now on these eyes see.
  public void open(Eyes eyes) {
    this.eyes = eyes;
  }

  /// The driver behind the witness.
  public Csi before(Csi driver) {
    return new Csi() {
      @Override
      public <R> R call(CsiCall<R> call, Duration atMost) {
        if (call instanceof CreateVolume create) eyes.arrived(create);
        if (call instanceof NodeStageVolume stage) eyes.arrived(stage);
        R answer = driver.call(call, atMost);
        if (call instanceof NodePublishVolume publish) eyes.done(publish);
        return answer;
      }
    };
  }
}
