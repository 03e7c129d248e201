package dev.moorage.sim;

import dev.moorage.csi.CsiConnections.Connection;
import dev.moorage.kube.Kube;

/// A chance to stand between actors and their words: faults, doubling, counting.
public interface BodyWrap {
  /// Nobody stands between.
  BodyWrap NONE = new BodyWrap() {};

  /// What an actor gets for the API.
  default Kube kube(Kube kube, String user) {
    return kube;
  }

  /// What an actor gets for a driver.
  default Connection connection(Connection connection) {
    return connection;
  }
}
