package dev.moorage.host.sim;

import dev.moorage.host.Processes;
import java.util.Optional;

/// Holders of simulated locks; a simulated machine has no ports, and its sockets are files alone.
final class SimProcesses implements Processes {
  /// Groups are the programs of a simulation; they have no pids.
  private static final long PID = 1;

  private final Kernel kernel;
  private final Door door;

  SimProcesses(Kernel kernel, Door door) {
    this.kernel = kernel;
    this.door = door;
  }

  @Override
  public Optional<Holder> listenerOn(int port) {
    return Optional.empty();
  }

  @Override
  public Optional<Holder> listenerOn(String socket) {
    return Optional.empty();
  }

  @Override
  public Optional<Holder> holderOf(String file) {
    return door.look(
        "holder",
        file,
        () -> {
          var node = kernel.find(file);
          return kernel.open.stream()
              .filter(held -> node.filter(there -> there.node() == held.file()).isPresent())
              .findFirst()
              .map(held -> new Holder(PID, held.owner()));
        });
  }
}
