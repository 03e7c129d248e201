package dev.moorage.host;

import dev.moorage.base.Bytes;

/// What a machine says of itself, in the words of a Node's `status.nodeInfo`. Texts are empty where
/// the machine does not tell.
///
/// @param architecture as Go names it: `amd64`, `arm64`
/// @param operatingSystem `linux`
/// @param kernelVersion e.g. `6.1.0-18-amd64`
/// @param osImage the distribution's own name for itself
/// @param ids what tells it apart from other machines
/// @param sandboxes what runs pods, with its version, e.g. `bubblewrap://0.8.0`
/// @param room what there is for pods
public record Machine(
    String architecture,
    String operatingSystem,
    String kernelVersion,
    String osImage,
    Ids ids,
    String sandboxes,
    Room room) {

  /// What tells a machine apart.
  ///
  /// @param machine of the installed system (`/etc/machine-id`)
  /// @param system of the hardware; the machine's where the hardware does not tell
  /// @param boot new at each boot
  public record Ids(String machine, String system, String boot) {}

  /// What a machine has for pods.
  ///
  /// @param cpus processors, 1 or more
  /// @param memory all of it
  public record Room(int cpus, Bytes memory) {}
}
