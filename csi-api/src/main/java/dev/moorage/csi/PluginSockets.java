package dev.moorage.csi;

import java.time.Duration;
import java.util.List;

/// The kubelet's plugin registration (pluginregistration.v1), both sides.
public interface PluginSockets {

  /// Serves a registration socket, as node-driver-registrar does.
  ///
  /// @param path the socket in the kubelet's `plugins_registry` folder
  AutoCloseable serve(String path, PluginInfo info, Heard heard);

  /// Reaches a registration socket, as the kubelet does.
  Registration dial(String path);

  /// What a plugin says of itself.
  ///
  /// @param type `CSIPlugin` for drivers
  /// @param endpoint path of the driver's socket
  /// @param versions supported CSI versions, e.g. `1.0.0`
  record PluginInfo(String type, String name, String endpoint, List<String> versions) {
    public PluginInfo {
      versions = List.copyOf(versions);
    }
  }

  /// Hears how the registration went.
  interface Heard {
    /// Tells the outcome.
    ///
    /// @param error empty when it went well
    void registered(boolean well, String error);
  }

  /// The kubelet's side of one registration socket.
  interface Registration extends AutoCloseable {
    /// `GetInfo`.
    PluginInfo info(Duration atMost);

    /// `NotifyRegistrationStatus`.
    void report(boolean registered, String error, Duration atMost);

    @Override
    void close();
  }
}
