package dev.moorage.nodeagent.volumes;

import dev.moorage.csi.Csi;
import java.util.Optional;

/// What volumes must know of the other rooms of this node.
///
/// @param drivers the drivers registered here
/// @param processes whether pods may run here
/// @param told hears that something about a pod's volumes changed on this host
public record Neighbours(Drivers drivers, Processes processes, Told told) {

  /// The drivers registered on this node.
  @FunctionalInterface
  public interface Drivers {
    /// A driver by its name.
    ///
    /// @throws dev.moorage.csi.CsiException when it must be asked what it can do, and is silent
    Optional<Driver> find(String name);
  }

  /// A registered driver.
  ///
  /// @param stages whether it has STAGE_UNSTAGE_VOLUME
  /// @param expands whether it has EXPAND_VOLUME
  /// @param finerModes whether it has SINGLE_NODE_MULTI_WRITER
  public record Driver(Csi csi, boolean stages, boolean expands, boolean finerModes) {}

  /// The processes of this node's pods.
  public interface Processes {
    /// Whether a process of the pod runs here or is just being started. Who asks has seen before
    /// that the pod is deleted, has ended, or is gone, or that none may begin here: after that no
    /// start begins anew.
    boolean mayRun(String podUid);

    /// Whether processes may begin on this node. Once not, never again.
    boolean mayBegin();
  }

  /// A wake-up, without any fact in it.
  @FunctionalInterface
  public interface Told {
    /// A volume of this pod was published or is gone.
    void changed(String podUid);
  }
}
