package dev.moorage.drivers.loop;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.csi.Topology;
import dev.moorage.driver.Backend;
import dev.moorage.driver.Driver;
import dev.moorage.driver.Driver.Mode;
import dev.moorage.drivers.pool.Pool;
import dev.moorage.host.Host;
import java.util.Map;
import java.util.regex.Pattern;

/// The driver of volumes in image files.
public final class LoopDriver {
  private LoopDriver() {}

  /// The loop driver's settings.
  ///
  /// @param name the driver's name, [#DEFAULT_NAME] by default
  /// @param version its version
  /// @param nodeId this node's name; a valid label value, as it is the topology's
  /// @param stateDir an absolute folder of this driver on this node; its pool and ledgers live
  ///   there
  /// @param poolSize size of the pool's image when it is made; 512 MiB or more
  /// @param maxVolumes how many volumes this node takes; 0 for no statement
  public record Settings(
      String name, String version, String nodeId, String stateDir, Bytes poolSize, int maxVolumes) {
    /// The driver's name where no other one is set.
    public static final String DEFAULT_NAME = "loop.moorage.dev";

    /// How many volumes a node takes by default.
    public static final int DEFAULT_MAX_VOLUMES = 256;

    private static final Pattern LABEL =
        Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    /// @throws IllegalArgumentException naming the setting that is wrong
    public Settings {
      if (!LABEL.matcher(nodeId).matches())
        throw new IllegalArgumentException("setting node-id is no label value: " + nodeId);
    }

    /// All defaults: name, pool size and limit.
    public static Settings of(String version, String nodeId, String stateDir) {
      return new Settings(
          DEFAULT_NAME, version, nodeId, stateDir, Pool.Settings.DEFAULT_SIZE, DEFAULT_MAX_VOLUMES);
    }

    /// This node's place, and that of its volumes.
    public Topology topology() {
      return new Topology(Map.of("topology." + name + "/node", nodeId));
    }
  }

  /// The driver's storage, for a process of its own: whoever has it starts a [Driver] over it.
  ///
  /// @throws IllegalArgumentException naming a setting that is wrong
  public static Backend backend(Host host, Settings settings, Journal journal) {
    var pool = new Pool(host, new Pool.Settings(settings.stateDir(), settings.poolSize()));
    return new LoopVolumes(host, pool, settings, journal);
  }

  /// Starts the driver: it finds or makes its pool, then serves. Returns at once; `Probe` tells
  /// when it is ready, or what keeps it from being so.
  ///
  /// @throws IllegalArgumentException naming a setting that is wrong
  public static Driver start(Group group, Host host, Settings settings, Journal journal) {
    var kit =
        new Driver.Settings(
            settings.name(),
            settings.version(),
            settings.nodeId(),
            Mode.ALL,
            settings.stateDir(),
            settings.maxVolumes());
    return Driver.start(group, backend(host, settings, journal), host, kit, journal);
  }
}
