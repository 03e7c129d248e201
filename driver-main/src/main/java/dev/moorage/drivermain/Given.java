package dev.moorage.drivermain;

import dev.moorage.base.Bytes;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.driver.Driver;
import dev.moorage.host.Host;
import java.util.Map;

/// What a backend is made with.
///
/// @param settings the driver's name, node, state folder and so on
/// @param host this machine: mounts, loop devices, filesystems, files
/// @param group whose tasks the backend may use
/// @param journal what is noted there is logged
/// @param flags the vendor's own flags, each with its value
public record Given(
    Driver.Settings settings, Host host, Group group, Journal journal, Map<String, String> flags) {
  public Given {
    flags = Map.copyOf(flags);
  }

  /// The driver's own folder on this node.
  public String stateDir() {
    return settings.stateDir();
  }

  /// This node, as the driver calls it.
  public String nodeId() {
    return settings.nodeId();
  }

  /// The value of a flag of the vendor's.
  ///
  /// @throws IllegalArgumentException for a flag that was never declared
  public String flag(String name) {
    var value = flags.get(name);
    if (value == null) throw new IllegalArgumentException("no flag --" + name + " was declared");
    return value;
  }

  /// The value of a flag that is an amount of bytes: `2Gi`, `300Mi`, `4096`.
  ///
  /// @throws IllegalArgumentException naming the flag, for what is no amount
  public Bytes size(String name) {
    try {
      return Sizes.parse(flag(name));
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("--" + name + ": " + wrong.getMessage(), wrong);
    }
  }
}
