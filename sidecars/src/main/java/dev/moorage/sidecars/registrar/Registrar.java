package dev.moorage.sidecars.registrar;

import dev.moorage.base.Backoff;
import dev.moorage.base.Group;
import dev.moorage.base.Journal;
import dev.moorage.base.Journal.Entry;
import dev.moorage.base.Journal.Entry.What;
import dev.moorage.csi.Csi;
import dev.moorage.csi.KnownDriver;
import dev.moorage.csi.PluginSockets;
import dev.moorage.csi.PluginSockets.PluginInfo;
import java.time.Duration;
import java.util.List;

/// Registers one driver on its node.
public final class Registrar {
  static final String ACTOR = "registrar";

  private Registrar() {}

  /// How a registrar works.
  ///
  /// @param registryFolder the kubelet's `plugins_registry` folder
  /// @param driverSocket path of the driver's socket, as the kubelet sees it
  /// @param callTimeout for asking the driver its name
  /// @param retry waits before the socket is shown again after a failed registration
  public record Settings(
      String registryFolder, String driverSocket, Duration callTimeout, Backoff retry) {
    /// 10 s for the driver's name; shown again after 1 s doubling to 1 min.
    public static Settings of(String registryFolder, String driverSocket) {
      return new Settings(
          registryFolder,
          driverSocket,
          Duration.ofSeconds(10),
          new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }

    /// @throws IllegalArgumentException when a path is empty
    public Settings {
      if (registryFolder.isEmpty() || driverSocket.isEmpty())
        throw new IllegalArgumentException("a registrar needs both paths");
    }

    String socketOf(String driver) {
      return registryFolder + "/" + driver + "-reg.sock";
    }
  }

  /// Waits for the driver in the background, then shows it until the group ends. Returns at once.
  ///
  /// Where the official registrar ends its process after a failed registration, so that a new one
  /// shows a new socket, this one shows a new socket itself.
  public static void start(
      Group group, Csi csi, PluginSockets sockets, Settings settings, Journal journal) {
    group.start(
        ACTOR,
        () -> {
          var name =
              KnownDriver.awaitName(
                  group,
                  csi,
                  settings.callTimeout(),
                  notYet -> note(journal, What.FAILED, "reach driver", "", notYet));
          var info = new PluginInfo("CSIPlugin", name, settings.driverSocket(), List.of("1.0.0"));
          new Registration(group, sockets, settings, journal, info).keep();
          return name;
        });
  }

  static void note(Journal journal, What what, String action, String on, RuntimeException failure) {
    journal.note(new Entry(what, ACTOR, action, on, String.valueOf(failure.getMessage())));
  }
}
